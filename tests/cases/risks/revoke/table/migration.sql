revoke select on orders from clerk;
