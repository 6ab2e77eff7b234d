create table t (id int primary key, body text);
create index i on t (body);
create function f() returns int language sql as 'select 1';
create sequence s;
