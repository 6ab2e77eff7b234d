create table t (a text default 'a text that is much longer than any name could ever be in here');
