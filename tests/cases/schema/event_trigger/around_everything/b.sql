create table log (at timestamptz default now(), what text);

create function noted() returns event_trigger language plpgsql as $$ begin insert into log (what) values (tg_event || tg_tag); end $$;
create event trigger noted on ddl_command_end when tag in ('CREATE TABLE', 'ALTER TABLE') execute function noted();
create table t (id int primary key, name text);
create view v as select id from t;
