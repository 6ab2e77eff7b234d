create collation c1 (locale = 'C');
create domain word as text collate c1;
create table t (id int primary key, w word, x text collate c1);
create index t_x on t (x, w collate c1);

insert into t values (1, 'a', 'b');
