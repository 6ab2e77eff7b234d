create table t (id int primary key, a int, b int, c text);
create statistics st on a, b from t;
