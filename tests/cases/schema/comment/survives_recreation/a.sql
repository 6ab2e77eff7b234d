create table t (id int primary key, a int);

create view v as select id, a from t;
comment on view v is 'kept';
comment on column v.a is 'kept too';
create function f(n int) returns int language sql as 'select n';
comment on function f(int) is 'kept';
