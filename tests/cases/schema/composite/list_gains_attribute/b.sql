create type addr as (street varchar(50), zip int, country text);
create table p(id int, a addr, b addr[]);
create function fa(addr) returns text language sql as 'select ($1).street';
create view pv as select id, (a).zip as zip, (a).country from p;
comment on column addr.country is 'c';
