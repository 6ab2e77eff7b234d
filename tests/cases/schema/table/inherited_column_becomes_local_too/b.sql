create table base (id int not null, name text default 'x', extra int);
create table kind (id int not null, name text default 'k', extra int) inherits (base);
create table special (more int) inherits (kind);
create view all_of_it as select * from base;
create table user_of_kind (id int);
create index on kind (name);
