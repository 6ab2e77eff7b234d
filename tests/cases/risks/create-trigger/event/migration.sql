create event trigger watch on ddl_command_end execute function note();
