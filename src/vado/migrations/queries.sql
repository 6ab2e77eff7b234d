-- name: rows
SELECT
    version::text AS version,
    name,
    checksum,
    state,
    sql_text,
    statements_total,
    statements_done,
    started_at,
    finished_at,
    duration_ms,
    db_user,
    os_user,
    backup_id,
    operation_id,
    fingerprint_after
FROM vado.migration
ORDER BY migration.version;

-- name: record
INSERT INTO vado.migration (
    version, name, checksum, checksum_algorithm, sql_text, down_text, state, statements_total,
    statements_done, started_at, finished_at, duration_ms, os_user, host, tool_version,
    fingerprint_before, backup_id, operation_id, plan_digest
) VALUES (
    %(version)s, %(name)s, %(checksum)s, %(algorithm)s, %(sql_text)s, %(down_text)s, 'applied',
    %(total)s, %(total)s, now(), clock_timestamp(),
    (extract(EPOCH FROM clock_timestamp() - now()) * 1000)::bigint,
    %(os_user)s, %(host)s, %(tool_version)s, %(fingerprint_before)s, %(backup_id)s,
    %(operation_id)s, %(plan_digest)s
);

-- name: begin_partial
INSERT INTO vado.migration (
    version, name, checksum, checksum_algorithm, sql_text, down_text, state, statements_total,
    statements_done, started_at, os_user, host, tool_version, fingerprint_before, backup_id,
    operation_id, plan_digest
) VALUES (
    %(version)s, %(name)s, %(checksum)s, %(algorithm)s, %(sql_text)s, %(down_text)s, 'partial',
    %(total)s, 0, clock_timestamp(), %(os_user)s, %(host)s, %(tool_version)s,
    %(fingerprint_before)s, %(backup_id)s, %(operation_id)s, %(plan_digest)s
)
ON CONFLICT (version) DO NOTHING;

-- name: advance_partial
UPDATE vado.migration SET statements_done = %(done)s
WHERE version = %(version)s AND state = 'partial';

-- name: finish_partial
UPDATE vado.migration
SET
    state = 'applied',
    statements_done = statements_total,
    finished_at = clock_timestamp(),
    duration_ms = (extract(EPOCH FROM clock_timestamp() - started_at) * 1000)::bigint
WHERE version = %(version)s AND state = 'partial';

-- name: begin_step
INSERT INTO vado.migration_step (version, number, state, statement)
VALUES (%(version)s, %(number)s, 'started', %(statement)s)
ON CONFLICT (version, number) DO UPDATE
SET
    state = 'started',
    backend_pid = pg_backend_pid(),
    started_at = clock_timestamp(),
    finished_at = NULL,
    error = NULL;

-- name: end_step
UPDATE vado.migration_step
SET state = %(state)s, finished_at = clock_timestamp(), error = %(error)s
WHERE version = %(version)s AND number = %(number)s;

-- name: set_fingerprint_after
UPDATE vado.migration SET fingerprint_after = %(fingerprint)s WHERE version = %(version)s;

-- name: try_lock
SELECT pg_try_advisory_lock(%(lock)s) AS held;

-- name: unlock
SELECT pg_advisory_unlock(%(lock)s) AS held;

-- name: holder
SELECT
    l.pid,
    a.usename AS "user",
    coalesce(a.client_addr::text, 'local') AS host,
    a.application_name AS application,
    to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since
FROM pg_locks AS l
INNER JOIN pg_stat_activity AS a ON l.pid = a.pid
WHERE
    l.locktype = 'advisory'
    AND l.granted
    AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
    AND l.objid = (%(lock)s::bigint & 4294967295)::oid
    AND l.classid = ((%(lock)s::bigint >> 32) & 4294967295)::oid;

-- name: set_up_session
SELECT
    set_config('lock_timeout', %(lock_timeout)s, FALSE),
    set_config('idle_in_transaction_session_timeout', '5min', FALSE);

-- name: guard
SELECT
    set_config('search_path', %(search_path)s, FALSE),
    set_config('role', 'none', FALSE),
    set_config('statement_timeout', '0', FALSE),
    set_config('lock_timeout', %(lock_timeout)s, FALSE),
    exists(
        SELECT FROM pg_locks AS l
        WHERE
            l.pid = pg_backend_pid()
            AND l.locktype = 'advisory'
            AND l.objid = (%(lock)s::bigint & 4294967295)::oid
            AND l.classid = ((%(lock)s::bigint >> 32) & 4294967295)::oid
    ) AS locked;

-- name: search_path
SELECT current_setting('search_path') AS search_path;
