create table t (id int primary key);
create function f(x t) returns int language sql as 'select x.id';
