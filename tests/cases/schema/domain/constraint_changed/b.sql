create domain price as numeric constraint positive check (value >= 0 and value < 1000);
create table t (id int primary key, p price);
