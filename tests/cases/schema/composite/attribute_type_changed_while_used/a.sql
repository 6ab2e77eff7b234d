create type addr as (street text, number int);
create table t (id int primary key, home addr);

insert into t values (1, row('a', 2));
