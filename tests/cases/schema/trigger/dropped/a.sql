create table t (id int primary key, at timestamptz);
create function f() returns trigger language plpgsql as 'begin new.at := now(); return new; end';

create trigger touch before insert or update on t for each row execute function f();
