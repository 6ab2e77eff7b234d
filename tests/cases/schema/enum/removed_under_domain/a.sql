create type lvl as enum ('a','b','c');
create domain dl as lvl check (value <> 'b');
create table t(d dl, x lvl, y dl[]);
insert into t values ('a','b','{a}');
create view v as select d, x from t;
