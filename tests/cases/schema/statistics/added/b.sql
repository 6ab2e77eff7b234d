create table t (id int primary key, a int, b int, c text);

create statistics st (ndistinct, dependencies) on a, b from t;
create statistics se on (a + b), lower(c) from t;
create statistics sx on (a * 2) from t;
