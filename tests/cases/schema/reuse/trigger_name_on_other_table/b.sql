create function f() returns trigger language plpgsql as 'begin return new; end';
create table t (id int primary key);
create table u (id int primary key);

create trigger tr before insert on u for each row execute function f();
create policy p on u using (true);
