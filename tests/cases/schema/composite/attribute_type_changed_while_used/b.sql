create type addr as (street text, number text);
create table t (id int primary key, home addr);
