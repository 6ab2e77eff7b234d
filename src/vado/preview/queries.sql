-- name: roles
SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY rolname LIMIT 1000;

-- name: role_exists
SELECT exists(SELECT FROM pg_roles WHERE rolname = %(name)s);

-- name: create_group
CREATE ROLE {role} NOLOGIN;

-- name: create_loader
CREATE ROLE {role} SUPERUSER NOLOGIN;

-- name: create_runner
CREATE ROLE {role} LOGIN CREATEROLE NOSUPERUSER PASSWORD {password};

-- Whoever may make roles is made their administrator.
-- name: roles_made_by
SELECT made.rolname
FROM pg_auth_members AS m
INNER JOIN pg_roles AS made ON m.roleid = made.oid
INNER JOIN pg_roles AS maker ON m.member = maker.oid
WHERE maker.rolname = %(name)s;

-- name: drop_role
DROP ROLE IF EXISTS {role};

-- name: databases
SELECT datname FROM pg_database WHERE datname LIKE %(pattern)s ORDER BY oid DESC;

-- name: database_exists
SELECT exists(SELECT FROM pg_database WHERE datname = %(name)s);

-- name: create_empty
CREATE DATABASE {database} TEMPLATE template0 ENCODING 'UTF8' STRATEGY file_copy;

-- name: create_copy
CREATE DATABASE {database} OWNER {owner} TEMPLATE {template} STRATEGY file_copy;

-- name: copy_database
CREATE DATABASE {database} TEMPLATE {template};

-- Without writing every page to the log first.
-- name: copy_database_files
CREATE DATABASE {database} TEMPLATE {template} STRATEGY file_copy;

-- name: others_here
SELECT format('%%s (%%s)', a.usename, coalesce(nullif(a.application_name, ''), a.pid::text)) AS who
FROM pg_stat_activity AS a
WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.backend_type = 'client backend'
ORDER BY a.backend_start;

-- name: rename_database
ALTER DATABASE {old} RENAME TO {new};

-- name: drop_database
DROP DATABASE IF EXISTS {database} WITH (FORCE);

-- name: give_up_superuser_objects
DO $$
DECLARE
    item record;
BEGIN
    FOR item IN SELECT evtname FROM pg_event_trigger LOOP
        EXECUTE format('ALTER EVENT TRIGGER %%I OWNER TO postgres', item.evtname);
    END LOOP;
    FOR item IN SELECT fdwname FROM pg_foreign_data_wrapper LOOP
        EXECUTE format('ALTER FOREIGN DATA WRAPPER %%I OWNER TO postgres', item.fdwname);
    END LOOP;
END $$;

-- name: become
SET ROLE {role};

-- name: become_oneself
RESET ROLE;

-- name: hand_over
REASSIGN OWNED BY {loader} TO {runner};

-- name: allow_everything
GRANT ALL ON DATABASE {database} TO {runner};

-- name: statement_timeout
SELECT set_config('statement_timeout', %(limit)s, FALSE), set_config('lock_timeout', '30s', FALSE);

-- name: tell_all
SELECT set_config('client_min_messages', 'debug1', FALSE);

-- name: locks
SELECT
    l.relation::bigint AS oid,
    l.mode
FROM pg_locks AS l
WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted;

-- name: rows_touched
SELECT
    coalesce(sum(s.seq_tup_read + coalesce(s.idx_tup_fetch, 0)), 0)::bigint AS rows_read,
    coalesce(sum(s.n_tup_ins + s.n_tup_upd + s.n_tup_del), 0)::bigint AS rows_written,
    pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint AS wal_bytes
FROM pg_stat_xact_user_tables AS s;

-- name: speed_table
CREATE TEMPORARY TABLE vado_speed AS
SELECT
    g AS id,
    repeat('x', 80) AS filler
FROM generate_series(1, 40000) AS g;

-- name: speed_size
SELECT pg_table_size('pg_temp.vado_speed') AS bytes;

-- name: speed_scan
SELECT count(*) FROM pg_temp.vado_speed WHERE filler <> '';

-- name: speed_build
CREATE INDEX ON pg_temp.vado_speed (id);

-- name: speed_rewrite
ALTER TABLE pg_temp.vado_speed ALTER COLUMN id TYPE bigint;

-- name: speed_end
DROP TABLE pg_temp.vado_speed;

-- name: count_rows
SELECT count(*) AS n FROM {relation};

-- name: count_values
SELECT count({column}) AS n FROM {relation};

-- name: count_violations
SELECT count(*) AS n FROM {relation} AS t WHERE {condition};

-- name: sample_violations
SELECT {shown} AS sample FROM {relation} AS t WHERE {condition} LIMIT 3;

-- name: count_duplicates
SELECT coalesce(sum(d.n), 0)::bigint AS n
FROM (
    SELECT count(*) AS n FROM {relation} AS t WHERE {condition} GROUP BY {keys} HAVING count(*) > 1
) AS d;

-- name: sample_duplicates
SELECT {shown} AS sample FROM {relation} AS t WHERE {condition}
GROUP BY {keys} HAVING count(*) > 1 LIMIT 3;

-- name: estimate
SELECT c.reltuples::bigint AS n
FROM pg_class AS c INNER JOIN pg_namespace AS s ON c.relnamespace = s.oid
WHERE s.nspname = %(schema)s AND c.relname = %(name)s;

-- An index stands for its table. Vado's own sessions are not in its way.
-- name: blockers
WITH touched AS (
    SELECT DISTINCT coalesce(i.indrelid, c.oid) AS oid
    FROM unnest(%(tables)s::text []) AS t (name)
    INNER JOIN pg_class AS c ON c.oid = to_regclass(nullif(t.name, ''))
    LEFT JOIN pg_index AS i ON c.oid = i.indexrelid
),

held AS (
    SELECT l.pid, min(l.relation::regclass::text) AS name
    FROM pg_locks AS l
    INNER JOIN touched AS t ON l.relation = t.oid
    WHERE
        l.granted
        AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
    GROUP BY l.pid
)

SELECT
    CASE WHEN h.pid IS NULL THEN 'long_transaction' ELSE 'lock' END AS kind,
    a.pid,
    -- A worker of the server's own, such as autovacuum, has no user.
    coalesce(a.usename, a.backend_type, '') AS "user",
    coalesce(a.client_addr::text, 'local') AS host,
    coalesce(nullif(a.application_name, ''), a.backend_type, '') AS application,
    to_char(a.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since,
    left(coalesce(a.query, ''), 300) AS query,
    h.name AS "table"
FROM pg_stat_activity AS a
LEFT JOIN held AS h ON a.pid = h.pid
WHERE
    a.datname = current_database()
    AND a.pid <> pg_backend_pid()
    AND a.xact_start IS NOT NULL
    AND a.application_name NOT LIKE 'vado%%'
    AND (h.pid IS NOT NULL OR a.xact_start < clock_timestamp() - interval '60 seconds')
ORDER BY a.xact_start
LIMIT 50;

-- Whoever holds a table so that not even its catalogue can be printed; the longest first.
-- name: shut_by
SELECT
    a.pid,
    -- A worker of the server's own, such as autovacuum, has no user.
    coalesce(a.usename, a.backend_type, '') AS "user",
    coalesce(a.client_addr::text, 'local') AS host,
    coalesce(nullif(a.application_name, ''), a.backend_type, '') AS application,
    left(coalesce(a.query, ''), 300) AS query,
    coalesce(n.nspname || '.' || c.relname, 'a table') AS name,
    (
        SELECT count(*)
        FROM pg_stat_activity AS w
        WHERE w.wait_event_type = 'Lock' AND a.pid = any(pg_blocking_pids(w.pid))
    ) AS queue
FROM pg_locks AS l
INNER JOIN pg_stat_activity AS a ON l.pid = a.pid
LEFT JOIN pg_class AS c ON l.relation = c.oid
LEFT JOIN pg_namespace AS n ON c.relnamespace = n.oid
WHERE
    l.granted
    AND l.locktype = 'relation'
    AND l.mode = 'AccessExclusiveLock'
    AND l.pid <> pg_backend_pid()
    AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
ORDER BY a.xact_start, c.relkind = 'r' DESC
LIMIT 1;

-- name: reassign
REASSIGN OWNED BY {old} TO {new};
