create table orders (total int);
insert into orders select generate_series(1, 9000);
analyze orders;
