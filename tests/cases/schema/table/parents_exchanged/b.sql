create table first (id int not null, name text, size int check (size > 0));
create table second (id int not null, weight int default 3, made int generated always as (1 + 1) stored, constraint light check (weight < 10));
create table third (id int not null, name text);
create table doc (body text) inherits (third, second);
create table note (extra int) inherits (doc);
create index on doc (name);
create view names as select id, name from doc;
