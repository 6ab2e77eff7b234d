create table t (id int primary key, a int);
create function f() returns trigger language plpgsql as 'begin return null; end';
