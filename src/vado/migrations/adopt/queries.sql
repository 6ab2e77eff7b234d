-- name: ledger_tables
SELECT
    n.nspname AS "schema",
    c.relname AS name,
    format('%%I.%%I', n.nspname, c.relname) AS identity,
    format('%%I', n.nspname) AS schema_identity
FROM pg_class AS c
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
INNER JOIN pg_attribute AS a ON c.oid = a.attrelid
WHERE
    c.relkind IN ('r', 'p')
    AND a.attnum > 0
    AND NOT a.attisdropped
    AND n.nspname !~ '^pg_'
    AND n.nspname NOT IN ('information_schema', 'vado', 'vado_control')
GROUP BY n.nspname, c.relname
HAVING
    array_agg(a.attname::text) @> %(columns)s::text[]
    AND (NOT %(exact)s OR count(*) = cardinality(%(columns)s::text[]))
    AND (NOT %(exact)s OR c.relname = %(name)s OR cardinality(%(columns)s::text[]) > 1)
ORDER BY c.relname = %(name)s DESC, n.nspname = 'public' DESC, n.nspname ASC, c.relname ASC
LIMIT 1;

-- name: versions
SELECT t.version::text AS version FROM {ledger} AS t;

-- name: golang_migrate
SELECT t.version, t.dirty FROM {ledger} AS t;

-- name: goose
SELECT DISTINCT ON (t.version_id) t.version_id, t.is_applied, t.tstamp
FROM {ledger} AS t
WHERE t.version_id > 0
ORDER BY t.version_id ASC, t.id DESC;

-- name: flyway
SELECT
    t.installed_rank,
    t.version,
    t.description,
    t.type,
    t.script,
    t.checksum,
    t.installed_by,
    t.installed_on,
    t.execution_time,
    t.success
FROM {ledger} AS t
ORDER BY t.installed_rank;

-- name: supabase
SELECT t.version, t.name, t.statements FROM {ledger} AS t ORDER BY t.version;

-- name: prisma
SELECT t.migration_name, t.checksum, t.started_at, t.finished_at, t.rolled_back_at
FROM {ledger} AS t
ORDER BY t.started_at;

-- name: drizzle
SELECT t.id, t.hash, t.created_at FROM {ledger} AS t ORDER BY t.created_at;

-- name: sqitch
SELECT t.change_id, t.script_hash, t.change, t.project, t.committed_at, t.committer_name
FROM {ledger} AS t
ORDER BY t.committed_at;

-- name: alembic
SELECT t.version_num FROM {ledger} AS t;

-- name: graphile
SELECT t.hash, t.previous_hash, t.filename, t.date FROM {ledger} AS t ORDER BY t.filename;

-- name: node_pg_migrate
SELECT t.id, t.name, t.run_on FROM {ledger} AS t ORDER BY t.id;

-- name: adopted
INSERT INTO vado.migration (
    version, name, checksum, checksum_algorithm, sql_text, down_text, state, statements_total,
    statements_done, started_at, finished_at, os_user, host, tool_version, fingerprint_after,
    operation_id, plan_digest, origin
) VALUES (
    %(version)s, %(name)s, %(checksum)s, %(algorithm)s, %(sql_text)s, %(down_text)s, 'applied',
    %(total)s, %(total)s, coalesce(%(applied_at)s, now()), coalesce(%(applied_at)s, now()),
    %(os_user)s, %(host)s, %(tool_version)s, %(fingerprint_after)s, %(operation_id)s,
    %(plan_digest)s, %(origin)s
);

-- name: row_count
SELECT count(*) AS n FROM vado.migration;
