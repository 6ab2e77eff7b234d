create collation words (locale = 'POSIX');
create table t (id int primary key, name text collate words);
