create function cat(text, text) returns text language sql immutable as 'select $1 || $2';
create table t (a text, b text);

create view v as select a || b as ab from t;
