create type addr as (street text, zip int, no int);
create type outer_t as (x int, a addr);
create table p(id int, a addr, o outer_t);
insert into p values (1, row('s',1,2), row(1,row('s',1,2)));
