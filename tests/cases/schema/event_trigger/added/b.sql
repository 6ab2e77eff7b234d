create function f() returns event_trigger language plpgsql as 'begin end';

create event trigger watch on ddl_command_end when tag in ('CREATE FUNCTION', 'ALTER FUNCTION') execute function f();
