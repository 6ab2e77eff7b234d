create type addr as (street text, zip int);
create table p(id int, a addr, b addr[]);
insert into p values (1, row('s',1), array[row('t',2)::addr]);
create function fa(addr) returns text language sql as 'select ($1).street';
create view pv as select id, (a).zip as zip from p;
