create table orders (number int);
create unique index number_once on orders (number);
