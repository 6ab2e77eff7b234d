create table log (at timestamptz default now(), what text);

create function noted() returns event_trigger language plpgsql as $$ begin insert into log (what) values (tg_tag); end $$;
create event trigger noted on ddl_command_end execute function noted();
create table t (id int primary key);
