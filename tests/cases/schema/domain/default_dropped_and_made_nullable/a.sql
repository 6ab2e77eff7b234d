create domain d as int default 1 not null check (value > 0);
create table t (id int primary key, a d);

insert into t values (1, 2);
