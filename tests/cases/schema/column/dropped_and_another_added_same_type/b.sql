create table t (id int primary key, b text, c int not null default 3);
