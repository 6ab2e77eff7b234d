alter table orders owner to clerk;
