create collation c1 (locale = 'POSIX');
create domain word as text collate c1;
create table t (id int primary key, w word, x text collate c1);
create index t_x on t (x, w collate c1);
