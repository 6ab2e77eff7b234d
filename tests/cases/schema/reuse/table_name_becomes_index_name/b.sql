create table t (id int primary key, a int);

create index taken on t (a);
