create table t (id int primary key, old_c int check (old_c > 0));
create index t_c on t (old_c);
create view v as select old_c from t;
