create table t (id int primary key, code text not null, d date);

create index t_code on t (code);
alter table t cluster on t_code;
