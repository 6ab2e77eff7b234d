create table orders (number int);
