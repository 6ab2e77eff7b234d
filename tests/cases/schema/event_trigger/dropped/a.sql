create table t (id int);

create function f() returns event_trigger language plpgsql as 'begin end';
create event trigger watch on table_rewrite execute function f();
