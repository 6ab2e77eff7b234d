create table t (id int primary key, tag text);

insert into t values (1, 'red'), (2, null);
