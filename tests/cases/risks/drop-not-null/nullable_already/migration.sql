alter table orders alter total drop not null;
