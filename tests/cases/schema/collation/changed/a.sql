create collation words (locale = 'C');
create table t (id int primary key, name text collate words);

insert into t values (1, 'x');
