create table p (id int primary key, name text);
create table c (id int primary key, p_id int references p);
