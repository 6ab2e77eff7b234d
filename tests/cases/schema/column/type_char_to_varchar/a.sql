create table t (id int primary key, code char(8) not null, other "char");

insert into t values (1, 'abc', 'x');
