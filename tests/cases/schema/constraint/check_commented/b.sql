create table t (id int primary key, n int constraint pos check (n > 0));

comment on constraint pos on t is 'above zero';
