create table src (id int primary key, name text);

create table thing (id int primary key, name text);
