create table t (id int primary key, doc json default '{}', docs json[]);

insert into t values (1, '{"b": 1, "a": 2}', array['{}'::json]);
