create table t (id int primary key, a int, b int);
create function f() returns trigger language plpgsql as 'begin return new; end';

create trigger tr before insert or update of a, b on t for each row when (new.a > 0) execute function f('one', 'it''s');
create trigger ts after delete or truncate on t for each statement execute function f('y');
