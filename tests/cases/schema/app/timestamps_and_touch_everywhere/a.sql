create table a (id int primary key, name text);
create table b (id int primary key, name text);
create table c (id int primary key, name text, updated timestamp);

insert into a values (1, 'x');
insert into c values (1, 'x', '2026-01-01');
