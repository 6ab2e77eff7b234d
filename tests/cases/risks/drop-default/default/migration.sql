alter table orders alter total drop default;
