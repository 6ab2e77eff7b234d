create table stage (id int);
alter table orders add column n bigserial not null;
