create schema app;
create table t (id int primary key, n int);
create function app.f() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before insert on t for each row execute function app.f();
