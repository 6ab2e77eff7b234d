create table client (id serial primary key, name text);
create table sale (id int primary key, client_id int references client);
create view v as select name from client;
create index client_name on client (name);
