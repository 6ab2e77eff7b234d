create table t (id int primary key, code text not null);
create unique index t_code on t (code);
