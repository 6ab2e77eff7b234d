create function run(n int) returns int language sql as 'select n';
