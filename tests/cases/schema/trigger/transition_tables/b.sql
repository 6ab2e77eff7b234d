create table t (id int primary key, a int);
create function f() returns trigger language plpgsql as 'begin return null; end';

create trigger tr after update on t referencing old table as before_rows new table as after_rows for each statement execute function f();
