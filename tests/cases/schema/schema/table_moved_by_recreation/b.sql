create schema old;
create schema new;

create table new.item (id int primary key, name text);
