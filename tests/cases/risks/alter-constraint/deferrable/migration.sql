alter table orders alter constraint to_customer deferrable;
