create table t (id int primary key, s varchar(10) default 'new');

insert into t values (1, 'a');
