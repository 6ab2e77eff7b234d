create schema app2;
create type app2.kind as enum ('a');
create table app2.t (id serial primary key, k app2.kind default 'a');
create function app2.f(app2.t) returns int language sql as 'select ($1).id';
create view app2.v as select app2.f(t.*) as n from app2.t;
