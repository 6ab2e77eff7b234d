create function f() returns event_trigger language plpgsql as 'begin end';
create function g() returns event_trigger language plpgsql as 'begin end';

create event trigger watch on sql_drop execute function f();
create event trigger other on ddl_command_start execute function f();
