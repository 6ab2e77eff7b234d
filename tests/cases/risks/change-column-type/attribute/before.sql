create type used as (a text);
create type unused as (a text);
create table t (u used);
