create table c (a int, b int); create function f() returns trigger language plpgsql as 'begin return new; end'; create trigger t before update of a on c for each row execute function f();
