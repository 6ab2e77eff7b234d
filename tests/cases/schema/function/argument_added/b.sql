create function f(a int, b int) returns int language sql as 'select $1 + $2';
grant execute on function f(int, int) to case_reader;
