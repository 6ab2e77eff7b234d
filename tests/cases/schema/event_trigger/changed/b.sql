create function f() returns event_trigger language plpgsql as 'begin end';
create function g() returns event_trigger language plpgsql as 'begin end';

create event trigger watch on sql_drop when tag in ('DROP PROCEDURE') execute function g();
create event trigger other on ddl_command_start execute function f();
alter event trigger other disable;
comment on event trigger other is 'off for now';
