create type part as (a int, b int);
create function ok(part) returns boolean language sql immutable as 'select ($1).a < ($1).b';
create domain good_part as part check (ok(value));
create table t (id int primary key, p good_part, many good_part[]);
create function use(good_part) returns int language sql immutable as 'select 1';
create index t_p on t (use(p));
