create table base (id int not null, name text default 'x');
create table kind (extra int) inherits (base);
create table special (more int) inherits (kind);
create view all_of_it as select * from base;
create table user_of_kind (id int);
create index on kind (name);

insert into base values (1);
insert into kind values (2, 'k', 3);
insert into special values (4, 's', 5, 6);
