create table t (id int primary key, a int);
create table u (id int primary key, a int);

create index shared_name on t (a);
