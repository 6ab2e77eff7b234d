create type addr as (street text, city text, zip varchar(10));
create table t (id int primary key, home addr);
