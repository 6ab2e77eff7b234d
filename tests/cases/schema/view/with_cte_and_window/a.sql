create table sale (id int primary key, at date, amount numeric, shop text);
