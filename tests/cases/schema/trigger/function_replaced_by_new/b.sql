create table t (id int primary key);

create function new_f() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before insert on t for each row execute function new_f();
