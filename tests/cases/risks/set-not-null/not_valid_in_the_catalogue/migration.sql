alter table orders alter total set not null;
