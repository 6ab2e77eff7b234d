create table t (id int primary key, a int, b int);
create statistics st on a, b from t;

insert into t values (1, 2, 3);
