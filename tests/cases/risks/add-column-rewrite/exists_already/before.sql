create table orders (id int, n int);
