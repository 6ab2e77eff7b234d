create function cat(text, text) returns text language sql immutable as 'select $1 || $2';
create table t (a text, b text);

create operator |+| (leftarg = text, rightarg = text, function = cat);
create view v as select a |+| b as ab from t;
