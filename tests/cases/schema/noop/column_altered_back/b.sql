create table t (id int primary key, name text, tail int);
create view v as select name from t;
alter table t alter tail type text; alter table t alter tail type int using tail::int;
alter table t alter tail set default 1; alter table t alter tail drop default;
alter table t rename column name to x; alter table t rename column x to name;
alter table t alter tail set statistics 100; alter table t alter tail set statistics -1;
alter table t enable row level security; alter table t disable row level security;
comment on table t is 'x'; comment on table t is null;
