create table t (id int primary key, new_c int check (new_c > 0));
create index t_c on t (new_c);
create view v as select new_c from t;
