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
    fingerprint_before,
    fingerprint_after,
    down_text,
    -- The column may be missing where an older Vado made the ledger.
    CASE WHEN state = 'partial' THEN to_jsonb(m) -> 'undo' END AS undo,
    (
        SELECT coalesce(max(s.number) FILTER (WHERE s.state = 'done') - m.statements_total + 1, 0)
        FROM vado.migration_step AS s
        WHERE s.version = m.version AND s.number >= m.statements_total
        HAVING count(*) > 0
    ) AS undo_done
FROM vado.migration AS m
ORDER BY m.version;

-- Half the work of the next one for the server; it fails where a row stands already.
-- name: record_new
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
)
-- One that was undone, or of which nothing was done, is applied; any other that stands there has
-- no state to become, and the statement fails.
ON CONFLICT (version) DO UPDATE
SET
    name = excluded.name,
    checksum = excluded.checksum,
    checksum_algorithm = excluded.checksum_algorithm,
    sql_text = excluded.sql_text,
    down_text = excluded.down_text,
    state = CASE
        WHEN migration.state = 'undone' THEN excluded.state
        WHEN migration.state = 'partial' AND migration.statements_done = 0 THEN excluded.state
    END,
    statements_total = excluded.statements_total,
    statements_done = excluded.statements_done,
    started_at = excluded.started_at,
    finished_at = excluded.finished_at,
    duration_ms = excluded.duration_ms,
    db_user = excluded.db_user,
    os_user = excluded.os_user,
    host = excluded.host,
    tool_version = excluded.tool_version,
    server_version = excluded.server_version,
    fingerprint_before = excluded.fingerprint_before,
    fingerprint_after = NULL,
    backup_id = excluded.backup_id,
    operation_id = excluded.operation_id,
    plan_digest = excluded.plan_digest,
    origin = NULL;

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
-- One that was undone begins anew; a half-done one goes on, with what was corrected behind that.
ON CONFLICT (version) DO UPDATE
SET
    name = excluded.name,
    checksum = excluded.checksum,
    checksum_algorithm = excluded.checksum_algorithm,
    sql_text = excluded.sql_text,
    down_text = excluded.down_text,
    state = excluded.state,
    statements_total = excluded.statements_total,
    statements_done = CASE
        WHEN migration.state = 'partial' THEN migration.statements_done
        ELSE excluded.statements_done
    END,
    started_at = excluded.started_at,
    finished_at = NULL,
    duration_ms = NULL,
    db_user = excluded.db_user,
    os_user = excluded.os_user,
    host = excluded.host,
    tool_version = excluded.tool_version,
    server_version = excluded.server_version,
    fingerprint_before = CASE
        WHEN migration.state = 'partial' THEN migration.fingerprint_before
        ELSE excluded.fingerprint_before
    END,
    fingerprint_after = NULL,
    backup_id = excluded.backup_id,
    operation_id = excluded.operation_id,
    plan_digest = excluded.plan_digest,
    origin = NULL
WHERE migration.state IN ('undone', 'partial');

-- name: forget_rest
DELETE FROM vado.migration_step WHERE version = %(version)s AND number >= %(done)s;

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
INSERT INTO vado.migration_step (version, number, state, statement, found)
VALUES (%(version)s, %(number)s, 'started', %(statement)s, %(found)s::jsonb)
ON CONFLICT (version, number) DO UPDATE
SET
    state = 'started',
    statement = excluded.statement,
    found = excluded.found,
    backend_pid = pg_backend_pid(),
    started_at = clock_timestamp(),
    finished_at = NULL,
    error = NULL;

-- name: end_step
UPDATE vado.migration_step
SET state = %(state)s, finished_at = clock_timestamp(), error = %(error)s
WHERE version = %(version)s AND number = %(number)s;

-- The journal of a version ends with its undo: applied again, it has another one.
-- name: undo
WITH journal AS (
    DELETE FROM vado.migration_step WHERE version = %(version)s
)

UPDATE vado.migration
SET
    state = 'undone',
    statements_done = 0,
    undo = NULL,
    started_at = now(),
    finished_at = clock_timestamp(),
    duration_ms = (extract(EPOCH FROM clock_timestamp() - now()) * 1000)::bigint,
    db_user = current_user,
    os_user = %(os_user)s,
    host = %(host)s,
    tool_version = %(tool_version)s,
    fingerprint_before = %(fingerprint_before)s,
    fingerprint_after = NULL,
    backup_id = %(backup_id)s,
    operation_id = %(operation_id)s,
    plan_digest = %(plan_digest)s
WHERE version = %(version)s;

-- Statements of *down* are numbered behind those of *up*; the first one tells that it was begun.
-- name: begin_undo
WITH begun AS (
    UPDATE vado.migration
    SET
        state = 'partial',
        undo = coalesce(undo, %(undo)s::jsonb),
        started_at = clock_timestamp(),
        finished_at = NULL,
        duration_ms = NULL,
        db_user = current_user,
        os_user = %(os_user)s,
        host = %(host)s,
        tool_version = %(tool_version)s,
        -- Of a half-done one it is what the undo is to lead back to.
        fingerprint_before = CASE
            WHEN %(undo)s::jsonb IS NULL THEN %(fingerprint_before)s ELSE fingerprint_before
        END,
        fingerprint_after = NULL,
        backup_id = %(backup_id)s,
        operation_id = %(operation_id)s,
        plan_digest = %(plan_digest)s
    WHERE version = %(version)s AND state IN ('applied', 'partial')
    RETURNING version, statements_total
)

INSERT INTO vado.migration_step (version, number, state, statement)
SELECT
    version,
    statements_total,
    'started',
    ''
FROM begun
ON CONFLICT (version, number) DO NOTHING;

-- name: advance_undo
INSERT INTO vado.migration_step (version, number, state, statement, finished_at)
SELECT
    version,
    statements_total + %(done)s::integer - 1,
    'done',
    '',
    clock_timestamp()
FROM vado.migration
WHERE version = %(version)s
ON CONFLICT (version, number) DO UPDATE
SET state = excluded.state, finished_at = excluded.finished_at, error = NULL;

-- name: begin_undo_step
INSERT INTO vado.migration_step (version, number, state, statement, found)
SELECT
    version,
    statements_total + %(number)s::integer,
    'started',
    %(statement)s,
    %(found)s::jsonb
FROM vado.migration
WHERE version = %(version)s
ON CONFLICT (version, number) DO UPDATE
SET
    state = 'started',
    statement = excluded.statement,
    found = excluded.found,
    backend_pid = pg_backend_pid(),
    started_at = clock_timestamp(),
    finished_at = NULL,
    error = NULL;

-- name: end_undo_step
UPDATE vado.migration_step AS s
SET state = %(state)s, finished_at = clock_timestamp(), error = %(error)s
FROM vado.migration AS m
WHERE
    m.version = %(version)s
    AND s.version = m.version
    AND s.number = m.statements_total + %(number)s::integer;

-- name: finish_undo
WITH journal AS (
    DELETE FROM vado.migration_step WHERE version = %(version)s
)

UPDATE vado.migration
SET
    state = 'undone',
    statements_done = 0,
    undo = NULL,
    finished_at = clock_timestamp(),
    duration_ms = (extract(EPOCH FROM clock_timestamp() - started_at) * 1000)::bigint
WHERE version = %(version)s AND state = 'partial';

-- name: baseline
UPDATE vado.migration SET state = 'baseline', duration_ms = NULL WHERE version = %(version)s;

-- name: fix_record
UPDATE vado.migration
SET
    name = %(name)s,
    checksum = %(checksum)s,
    checksum_algorithm = %(algorithm)s,
    sql_text = %(sql_text)s,
    down_text = %(down_text)s
WHERE version = %(version)s AND state IN ('applied', 'baseline');

-- name: forget
WITH journal AS (
    DELETE FROM vado.migration_step WHERE version = %(version)s
)

DELETE FROM vado.migration WHERE version = %(version)s;

-- name: marked
UPDATE vado.migration SET origin = '{"marked": true}', duration_ms = NULL
WHERE version = %(version)s;

-- name: set_fingerprint_after
UPDATE vado.migration SET fingerprint_after = %(fingerprint)s WHERE version = %(version)s;

-- name: try_lock
SELECT pg_try_advisory_lock(%(lock)s) AS held;

-- name: holder
SELECT
    l.pid,
    a.usename AS "user",
    coalesce(a.client_addr::text, 'local') AS host,
    a.application_name AS application,
    left(a.query, 500) AS query,
    to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since
FROM pg_locks AS l
INNER JOIN pg_stat_activity AS a ON l.pid = a.pid
WHERE
    l.locktype = 'advisory'
    AND l.granted
    AND l.objsubid = 1
    AND l.database = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
    AND l.objid = (%(lock)s::bigint & 4294967295)::oid
    AND l.classid = ((%(lock)s::bigint >> 32) & 4294967295)::oid;

-- Divides by nothing when the lock is gone, so that a transaction or a batch ends there.
-- name: holds_lock
SELECT 1 / count(*) AS held
FROM pg_locks AS l
WHERE
    l.pid = pg_backend_pid()
    AND l.locktype = 'advisory'
    AND l.granted
    AND l.objsubid = 1
    AND l.objid = (%(lock)s::bigint & 4294967295)::oid
    AND l.classid = ((%(lock)s::bigint >> 32) & 4294967295)::oid;

-- name: current_role
SELECT current_setting('role') AS role;

-- name: set_role
SELECT set_config('role', %(role)s, FALSE) AS role;

-- name: transaction
SELECT pg_current_xact_id_if_assigned()::text AS id;

-- name: transaction_status
SELECT pg_xact_status(%(transaction)s::xid8) AS status;

-- name: lives
SELECT exists(SELECT FROM pg_stat_activity WHERE pid = %(pid)s) AS lives;

-- name: relation
SELECT
    n.nspname AS schema,
    c.relname AS name
FROM pg_class AS c
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
WHERE c.oid = to_regclass(%(name)s);

-- name: indexes
SELECT
    n.nspname AS schema,
    c.relname AS name,
    i.indisvalid AS valid
FROM pg_index AS i
INNER JOIN pg_class AS c ON i.indexrelid = c.oid
INNER JOIN pg_class AS t ON i.indrelid = t.oid
INNER JOIN pg_namespace AS n ON t.relnamespace = n.oid
WHERE n.nspname = %(schema)s AND t.relname = %(name)s
ORDER BY c.relname;

-- name: index_state
SELECT CASE WHEN i.indisvalid THEN 'valid' ELSE 'invalid' END AS state
FROM pg_index AS i
INNER JOIN pg_class AS c ON i.indexrelid = c.oid
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
WHERE n.nspname = %(schema)s AND c.relname = %(name)s;

-- name: index_definition
SELECT pg_get_indexdef(to_regclass(%(name)s)::oid) AS definition;

-- name: bound
SELECT pg_get_expr(c.relpartbound, c.oid) AS bound
FROM pg_class AS c
WHERE c.oid = to_regclass(%(name)s);

-- name: checks
SELECT n.conname AS name
FROM pg_constraint AS n
INNER JOIN pg_class AS c ON n.conrelid = c.oid
INNER JOIN pg_namespace AS s ON c.relnamespace = s.oid
WHERE s.nspname = %(schema)s AND c.relname = %(name)s AND n.contype = 'c'
ORDER BY n.conname;

-- name: at_work
SELECT a.pid
FROM vado.migration_step AS s
INNER JOIN pg_stat_activity AS a
    ON s.backend_pid = a.pid AND s.started_at >= a.backend_start
WHERE
    s.version = %(version)s
    AND s.number = %(number)s
    AND s.state = 'started'
    AND a.datname = current_database();

-- What a broken `reindex concurrently` leaves has such a name; those of TOAST are not ours to drop.
-- name: half_reindexed
SELECT
    n.nspname AS schema,
    c.relname AS name
FROM pg_index AS i
INNER JOIN pg_class AS c ON i.indexrelid = c.oid
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$' AND n.nspname <> 'pg_toast'
ORDER BY n.nspname, c.relname;

-- name: attached
SELECT
    coalesce(
        max(CASE WHEN h.inhdetachpending THEN 'detaching' ELSE 'attached' END), 'detached'
    ) AS state
FROM pg_inherits AS h
INNER JOIN pg_class AS c ON h.inhrelid = c.oid
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
INNER JOIN pg_class AS p ON h.inhparent = p.oid
INNER JOIN pg_namespace AS pn ON p.relnamespace = pn.oid
WHERE
    n.nspname = %(schema)s
    AND c.relname = %(name)s
    AND pn.nspname = %(parent_schema)s
    AND p.relname = %(parent)s;

-- name: drop_index
DROP INDEX CONCURRENTLY IF EXISTS {index};

-- name: finalize
ALTER TABLE {parent} DETACH PARTITION {partition} FINALIZE;

-- The column `found` may be missing where an older Vado made the ledger.
-- name: journal
SELECT
    s.version::text AS version,
    s.number,
    s.state,
    s.statement,
    s.error,
    to_jsonb(s) -> 'found' AS found
FROM vado.migration_step AS s
INNER JOIN vado.migration AS m ON s.version = m.version
WHERE m.state = 'partial'
ORDER BY s.version, s.number;

-- name: settle_steps
UPDATE vado.migration_step
SET state = 'done', finished_at = clock_timestamp(), error = NULL
WHERE
    version = %(version)s AND number >= %(first)s AND number < %(done)s AND state <> 'done';

-- name: statements_total
SELECT statements_total FROM vado.migration WHERE version = %(version)s;

-- name: lock_timeout
SELECT current_setting('lock_timeout') AS timeout;

-- name: set_lock_timeout
SELECT set_config('lock_timeout', %(timeout)s, FALSE) AS timeout;

-- Rewrites by `alter table` tell nobody how far they are; index builds, cluster and vacuum full do.
-- One that waits for the rest of what was sent ahead is called active and does nothing.
-- name: end_idle
SELECT pg_terminate_backend(pid) AS ended
FROM pg_stat_activity
WHERE
    pid = %(pid)s
    AND application_name = 'vado apply'
    AND usename = current_user
    AND (state LIKE 'idle%%' OR wait_event = 'ClientRead')
    AND state_change < clock_timestamp() - interval '1 second';
