create table t (id int primary key, code text not null);
create unique index t_code on t (code);

alter table t replica identity using index t_code;
