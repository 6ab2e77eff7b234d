create type lvl as enum ('a','b');
create domain dl as lvl check (value <> 'b');
create table t(d dl, x lvl, y dl[]);
create view v as select d, x from t;
