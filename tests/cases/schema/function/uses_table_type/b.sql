create table t (id int primary key, more text);
create function f(x t) returns text language sql as 'select x.more';
