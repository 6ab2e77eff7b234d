create type addr as (street text, no text);
create type outer_t as (x bigint, a addr);
create table p(id int, a addr, o outer_t);
