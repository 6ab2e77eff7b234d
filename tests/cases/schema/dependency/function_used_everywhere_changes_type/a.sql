create function f(n int) returns int language sql immutable as 'select n';
create table t (
    id int primary key default f(1), n int check (f(n) > 0), g int generated always as (f(id)) stored
);
create index t_f on t (f(n));
create view v as select f(n) as fn from t;
create policy p on t using (f(id) > 0);

insert into t (id, n) values (1, 2);
