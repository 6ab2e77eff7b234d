create table t (id int primary key);
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger t1 before insert on t for each row execute function f();
create trigger t2 before insert on t for each row execute function f();
create trigger t3 before insert on t for each row execute function f();

alter table t disable trigger t3;
