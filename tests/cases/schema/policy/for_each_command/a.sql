create table t (id int primary key, owner_name text);
