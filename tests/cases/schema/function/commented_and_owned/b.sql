create function f(a int, b text) returns int language sql as 'select 1';

comment on function f(int, text) is 'does it';
alter function f(int, text) owner to case_owner;
