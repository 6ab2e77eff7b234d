-- name: who_is_there
select
    current_setting('data_directory') as data_folder,
    current_setting('vado.started_with', true) as started_with,
    (
        select count(*)
        from pg_catalog.pg_stat_activity
        where backend_type = 'client backend' and pid <> pg_catalog.pg_backend_pid()
    ) as others;
