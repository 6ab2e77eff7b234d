create schema app;
create table app.t (id int primary key, name text);

create view public.v as select id, name from app.t;
