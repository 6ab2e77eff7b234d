create table t (id int primary key, n int);

create function s(int, int) returns int language sql immutable as 'select $1 + $2';
create aggregate total(int) (sfunc = s, stype = int, initcond = '0');
create materialized view m as select total(n) as n from t;
create unique index on m (n);
