create table t (id int primary key, flags bit varying(16), note xml);
