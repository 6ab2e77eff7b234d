create domain positive as int check (value > 0);
create domain free as int;
create table orders (id int);
