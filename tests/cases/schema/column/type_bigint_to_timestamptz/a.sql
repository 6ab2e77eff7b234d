create table t (id int primary key, at bigint);

insert into t values (1, 1700000000);
