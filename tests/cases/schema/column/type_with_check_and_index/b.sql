create table t (id int primary key, amount numeric(10, 2) constraint positive check (amount > 0));
create index t_amount on t (amount) where amount > 10;
