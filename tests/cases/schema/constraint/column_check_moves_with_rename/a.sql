create table t (id int primary key, price int check (price > 0));
