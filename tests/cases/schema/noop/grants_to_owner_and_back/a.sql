create table t (id int primary key);
create function f() returns int language sql as 'select 1';
