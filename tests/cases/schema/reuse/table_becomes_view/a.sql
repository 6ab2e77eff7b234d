create table src (id int primary key);

create table thing (id int primary key);
create index thing_idx on thing (id);
