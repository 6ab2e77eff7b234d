create domain amount as int;
create table t (id int primary key, a amount, many amount[]);
create index t_a on t (a);
create view v as select id, a from t;
create function f(x amount) returns amount language sql as 'select x';

insert into t values (1, 5, '{1,2}');
