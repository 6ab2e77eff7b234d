create table t (id int primary key, a int, b int, c text);

create statistics st (mcv) on a, b, c from t;
alter statistics st set statistics 50;
