create table t (id int primary key, price numeric, amount int);

alter table t add column total numeric generated always as (price * amount) stored;
