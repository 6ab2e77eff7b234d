create table t (id int primary key, price numeric, amount int);

insert into t values (1, 2.5, 4);
