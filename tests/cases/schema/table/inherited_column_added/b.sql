create table base (id int primary key);
create table one (x int) inherits (base);
create table two (y int) inherits (base);

alter table base add column at timestamptz default now();
alter table base add constraint positive check (id > 0);
