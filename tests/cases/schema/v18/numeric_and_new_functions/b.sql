create table t (id int primary key);

alter table t add column uid uuid default uuidv7();
create view v as select casefold('X') as c, crc32('x'::bytea) as r, array_sort(array[2, 1]) as s from t;
