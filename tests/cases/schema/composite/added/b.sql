create table t (id int primary key);

create type addr as (street text, number int, at point);
