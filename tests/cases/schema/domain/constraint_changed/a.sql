create domain price as numeric constraint positive check (value > 0);
create table t (id int primary key, p price);

insert into t values (1, 5);
