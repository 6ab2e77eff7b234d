-- What the preview of a restore asks. Format: "-- name: NAME", then one statement.

-- name: tables_now
-- The smallest first, so that most are counted before the time is over.
SELECT
    n.nspname AS schema,
    c.relname AS name,
    quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS quoted,
    CASE WHEN c.reltuples >= 0 THEN c.reltuples::bigint END AS estimate
FROM pg_class AS c
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
WHERE
    c.relkind = 'r'
    AND n.nspname NOT IN ('information_schema', 'vado', 'vado_control')
    AND n.nspname NOT LIKE 'pg\_%%'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS d
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
    )
ORDER BY pg_relation_size(c.oid), n.nspname, c.relname;

-- name: time_limit
SELECT set_config('statement_timeout', %(limit)s, false);

-- name: count_own_rows
SELECT count(*) AS rows FROM ONLY {table};

-- name: idle_databases
SELECT d.datname AS name
FROM pg_database AS d
WHERE
    d.datname LIKE %(pattern)s
    AND NOT EXISTS (SELECT FROM pg_stat_activity AS a WHERE a.datid = d.oid);

-- name: know_role
CREATE ROLE {name} NOLOGIN;

-- name: applied
SELECT m.version::text AS version
FROM vado.migration AS m
WHERE m.state IN ('applied', 'baseline', 'partial')
ORDER BY m.version;

-- name: other_sessions
SELECT count(*) AS number
FROM pg_stat_activity AS a
WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
    AND a.backend_type = 'client backend' AND a.application_name NOT LIKE 'vado%%';
