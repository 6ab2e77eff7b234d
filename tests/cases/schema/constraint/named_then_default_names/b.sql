create table p (id int primary key, code text unique);
create table c (id int primary key, p_id int references p);
