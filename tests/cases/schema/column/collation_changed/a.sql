create table t (id int primary key, name text collate "C");
create index t_name on t (name);

insert into t values (1, 'x');
