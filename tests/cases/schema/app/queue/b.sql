create table keep (id int);

create type job_state as enum ('ready', 'running', 'done', 'failed');
create table job (
    id bigint generated always as identity primary key, queue text not null default 'default', payload jsonb not null,
    state job_state not null default 'ready', run_at timestamptz not null default now(), tries smallint not null default 0 check (tries between 0 and 25),
    locked_by text, last_error text
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);
create index job_fetch on job (queue, run_at, id) where state = 'ready';
create function job_take(q text, n int default 1) returns setof job language sql as $$
    update job set state = 'running', tries = tries + 1, locked_by = current_user
    where id in (select id from job where queue = q and state = 'ready' and run_at <= now() order by run_at, id for update skip locked limit n)
    returning *
$$;
create function job_wake() returns trigger language plpgsql as $$ begin perform pg_notify('job_' || new.queue, new.id::text); return null; end $$;
create trigger wake after insert on job for each row when (new.state = 'ready') execute function job_wake();
create procedure job_clean(keep interval default '7 days') language plpgsql as $$ begin delete from job where state = 'done' and run_at < now() - keep; commit; end $$;
