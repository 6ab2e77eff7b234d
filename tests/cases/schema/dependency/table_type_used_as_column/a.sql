create table point3 (x int, y int);
create table t (id int primary key, p point3, many point3[]);

insert into t values (1, row(1, 2), null);
