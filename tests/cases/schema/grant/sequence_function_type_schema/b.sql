create schema s;
create sequence s.q;
create function s.f() returns int language sql as 'select 1';
create procedure s.p() language sql as 'select 1';
create type s.e as enum ('a');
create domain s.d as int;

grant usage on schema s to case_reader;
grant usage on sequence s.q to case_reader;
grant execute on function s.f() to case_reader;
revoke all on function s.f() from public;
grant execute on procedure s.p() to case_reader;
grant usage on type s.e to case_reader;
revoke usage on domain s.d from public;
