create schema app;

create type app.kind as enum ('a', 'c');
create function app.name_of(k app.kind, others app.kind[] default '{}') returns text language sql immutable as $$ select k::text $$;
