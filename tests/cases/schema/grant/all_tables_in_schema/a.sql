create schema app;
create table app.a (id serial primary key);
create table app.b (id serial primary key);
create view app.v as select 1 as one;
