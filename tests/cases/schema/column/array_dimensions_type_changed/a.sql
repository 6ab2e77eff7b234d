create table t (id int primary key, a int[], b varchar(10)[]);

insert into t values (1, '{1,2}', '{a}');
