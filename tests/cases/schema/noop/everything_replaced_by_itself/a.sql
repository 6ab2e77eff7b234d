create table t (id int primary key, a int);
create view v as select id from t;
create function f() returns int language sql as 'select 1';
create trigger tr before update on t for each row execute function suppress_redundant_updates_trigger();
