create domain d as int default 1;
create table t (id int primary key, a d, b d default 5);

insert into t values (1, 2, 3);
