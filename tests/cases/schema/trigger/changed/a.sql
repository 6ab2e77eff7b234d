create table t (id int primary key, a int, b int);
create function f() returns trigger language plpgsql as 'begin return new; end';

create trigger tr before insert on t for each row execute function f();
create trigger ts after delete on t for each statement execute function f('x');
