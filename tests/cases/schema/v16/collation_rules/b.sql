create table t (id int);

create collation loud (provider = libc, lc_collate = 'C', lc_ctype = 'C');
