-- name: figures
SELECT
    pg_database_size(current_database()) AS size_bytes,
    (
        SELECT count(*)
        FROM pg_class AS c
        INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
        WHERE
            c.relkind IN ('r', 'p')
            AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'vado', 'vado_control')
            AND n.nspname NOT LIKE 'pg\_toast%%'
            AND n.nspname NOT LIKE 'pg\_temp%%'
    ) AS tables,
    current_setting('server_version') AS server_version;
