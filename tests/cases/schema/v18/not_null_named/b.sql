create table t (id int primary key, a int constraint a_set not null, b int not null, c int constraint c_set not null);
