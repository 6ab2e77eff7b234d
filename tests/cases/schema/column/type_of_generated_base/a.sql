create table t (id int primary key, a int, twice int generated always as (a * 2) stored);

insert into t (id, a) values (1, 5);
