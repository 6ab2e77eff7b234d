create table t (id int primary key, a int not null, b text);

insert into t values (1, 2, 'x');
