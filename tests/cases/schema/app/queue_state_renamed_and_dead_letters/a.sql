create type job_state as enum ('ready', 'running', 'done');
create table job (id bigserial primary key, state job_state not null default 'ready', payload text);
create index job_ready on job (id) where state = 'ready';
create function take() returns setof job language sql as $$ update job set state = 'running' where state = 'ready' returning * $$;

insert into job (payload, state) values ('{}', 'running');
