create table t (id int) using heap;

insert into t values (1);
