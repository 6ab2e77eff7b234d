-- No line makes a difference that a dump of the schema shows.
alter table app.codes disable row level security
grant select on app.loose to public
comment on column app.loose.k is ''
alter event trigger et owner to postgres
alter type app.my set (storage = plain, receive = none)
alter foreign data wrapper w owner to postgres
revoke all on function pg_catalog.pg_sleep(double precision) from public
grant usage on language sql to alice
revoke select on information_schema.tables from public
comment on language plpgsql is 'x'
comment on extension plpgsql is 'x'
select lo_create(4711)
alter table app.logs_1 set tablespace pg_default
