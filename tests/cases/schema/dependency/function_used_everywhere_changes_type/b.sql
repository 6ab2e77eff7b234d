create function f(n int) returns bigint language sql immutable as 'select n::bigint';
create table t (
    id int primary key default f(1), n int check (f(n) > 0), g bigint generated always as (f(id)) stored
);
create index t_f on t (f(n));
create view v as select f(n) as fn from t;
create policy p on t using (f(id) > 0);
