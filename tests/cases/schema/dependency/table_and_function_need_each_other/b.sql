create table t (id int primary key, name text);
create function first_name() returns text language sql stable begin atomic select name from t order by id limit 1; end;
create table u (id int primary key, name text default first_name());
create function of_u(u) returns text language sql immutable as 'select ($1).name';
create view v as select of_u(u) as x from u;
