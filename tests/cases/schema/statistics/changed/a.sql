create table t (id int primary key, a int, b int, c text);

create statistics st (ndistinct) on a, b from t;
