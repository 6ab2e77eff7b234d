create type addr as (street text, city text);
create table t (id int primary key, home addr);

insert into t values (1, row('a', 'b'));
