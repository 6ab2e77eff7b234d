create table t (id int primary key, amount int constraint positive check (amount > 0));
create index t_amount on t (amount) where amount > 10;

insert into t values (1, 5), (2, 15);
