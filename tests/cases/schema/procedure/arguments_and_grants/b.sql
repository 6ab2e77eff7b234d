create procedure p(a int, b text default 'x') language sql as 'select 1';
comment on procedure p is 'does';
revoke all on procedure p from public;
grant execute on procedure p to case_writer;
