create table t (id int primary key, a int);
create view v as select id from t;
create function f() returns int language sql as 'select 1';

comment on table t is 'one';
comment on view v is 'one';
comment on column t.a is 'one';
comment on function f() is 'one';
