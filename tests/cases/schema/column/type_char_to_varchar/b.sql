create table t (id int primary key, code varchar(8) not null, other text);
