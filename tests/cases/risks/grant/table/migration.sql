grant select on orders to clerk;
