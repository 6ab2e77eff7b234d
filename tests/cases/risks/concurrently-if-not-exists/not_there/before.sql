create table orders (total int);
