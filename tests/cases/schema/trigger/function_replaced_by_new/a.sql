create table t (id int primary key);

create function old_f() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before insert on t for each row execute function old_f();
