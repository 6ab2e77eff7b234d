create type job_state as enum ('waiting', 'running', 'done', 'dead');
create table job (id bigserial primary key, state job_state not null default 'waiting', payload jsonb, dead_at timestamptz);
create index job_ready on job (id) where state = 'waiting';
create function take() returns setof job language sql as $$ update job set state = 'running' where state = 'waiting' returning * $$;
