create domain code as varchar(5) check (value ~ '^[a-z]+$');
create table p (c code primary key);
create table t (id int primary key, c code references p);
create function up(code) returns code language sql immutable as 'select $1';
create view v as select up(c) as c from t;

insert into p values ('a');
insert into t values (1, 'a');
