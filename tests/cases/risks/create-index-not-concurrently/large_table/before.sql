create table orders (total int);
insert into orders select generate_series(1, 20000);
analyze orders;
