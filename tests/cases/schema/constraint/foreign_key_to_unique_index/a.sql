create table p (id int primary key, code text);
create unique index p_code on p (code);
create table c (id int primary key, code text);
