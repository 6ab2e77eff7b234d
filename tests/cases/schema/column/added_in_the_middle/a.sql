create table t (id int primary key, last text);

insert into t values (1, 'x');
