create table t (id int primary key);
grant all on t to postgres;
grant select on t to case_reader; revoke select on t from case_reader;
create function f() returns int language sql as 'select 1';
revoke all on function f() from public; grant execute on function f() to public;
