create table event(id bigint generated always as identity, stream uuid not null, version int not null, at timestamptz not null, body jsonb not null, primary key (id, at), unique (stream, version, at)) partition by range (at);
create table event_2024 partition of event for values from ('2024-01-01') to ('2025-01-01');
create table event_2025 partition of event for values from ('2025-01-01') to ('2026-01-01');
create index event_body on event using gin (body);
insert into event(stream, version, at, body) values (gen_random_uuid(), 1, '2024-05-05', '{}'), (gen_random_uuid(), 1, '2025-05-05', '{}');
create function notify_event() returns trigger language plpgsql as $$begin perform pg_notify('e', new.id::text); return null; end$$;
create trigger notify after insert on event for each row execute function notify_event();
