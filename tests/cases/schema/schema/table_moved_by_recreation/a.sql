create schema old;
create schema new;

create table old.item (id int primary key, name text);
