create table t (id int primary key, code text);

insert into t values (1, 'ABC');
