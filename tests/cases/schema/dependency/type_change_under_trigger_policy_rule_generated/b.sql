create table t (id int primary key, a bigint, b bigint generated always as (a + 1) stored, c text);
create table log (a int);
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before update of a on t for each row when (new.a > 5) execute function f();
create policy p on t using (a > 0);
create rule r as on delete to t do also insert into log values (old.a);
create statistics st on a, id from t;
create publication pub for table t;
