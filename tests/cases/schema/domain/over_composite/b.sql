create type comp as (a int, b text);
create domain dc as comp check ((value).a > 0 and (value).b <> '');
create table t(d dc not null, c comp);
create domain da as bigint[] check (cardinality(value) < 5);
create table u(d da);
