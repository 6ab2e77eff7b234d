create collation words (provider = libc, locale = 'C');
create table t (name text collate words);
create index on t (name collate "POSIX");
