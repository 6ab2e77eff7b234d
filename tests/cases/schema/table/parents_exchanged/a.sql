create table first (id int not null, name text, size int check (size > 0));
create table second (id int not null, weight int default 3, made int generated always as (1 + 1) stored);
create table third (id int not null, name text);
create table doc (body text) inherits (first, third);
create table note (extra int) inherits (doc);
create index on doc (name);
create view names as select id, name from doc;

insert into doc values (1, 'a', 2, 'text');
insert into note values (2, 'b', 3, 'more', 4);
