create table t (id int, at date) partition by range (at);
create table t1 partition of t for values from ('2026-01-01') to ('2027-01-01');
create function f() returns trigger language plpgsql as 'begin return new; end';

create trigger tr after insert on t for each row execute function f();
