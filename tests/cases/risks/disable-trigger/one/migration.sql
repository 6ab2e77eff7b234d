alter table orders disable trigger stamp;
