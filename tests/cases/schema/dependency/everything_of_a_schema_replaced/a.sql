create schema app;
create type app.kind as enum ('a');
create table app.t (id serial primary key, k app.kind default 'a');
create function app.f(app.t) returns int language sql as 'select ($1).id';
create view app.v as select app.f(t.*) as n from app.t;
