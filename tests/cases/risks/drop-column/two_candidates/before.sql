create table t (id int, surname text);
