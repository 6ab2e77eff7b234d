create table t (id serial primary key, x int generated always as identity);
create sequence s;
