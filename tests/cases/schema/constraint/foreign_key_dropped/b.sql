create table p (id int primary key);
create table c (id int primary key, p_id int);
