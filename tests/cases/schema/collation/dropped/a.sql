create table t (id int primary key);

create collation words (locale = 'C');
alter table t add column name text collate words;
