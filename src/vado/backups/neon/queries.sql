-- name: position
select
    pg_current_wal_lsn()::text as lsn,
    now() as at;

-- name: control_exists
select exists(select from pg_namespace where nspname = 'vado_control');

-- name: drop_control
drop schema if exists vado_control cascade;
