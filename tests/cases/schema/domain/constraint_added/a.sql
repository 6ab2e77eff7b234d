create domain price as numeric;
create table t (id int primary key, p price);

insert into t values (1, 5);
