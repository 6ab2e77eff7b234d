create type comp as (a int, b text);
create domain dc as comp check ((value).a > 0);
create table t(d dc, c comp);
insert into t values (row(1,'x'), row(2,'y'));
create domain da as int[] check (cardinality(value) < 5);
create table u(d da);
insert into u values ('{1}');
