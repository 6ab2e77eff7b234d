create table t (id int primary key, a int);

create table taken (id int);
