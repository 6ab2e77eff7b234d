create function f(a int) returns int language sql as 'select $1';
grant execute on function f(int) to case_reader;
