-- What is written into the target about operations on it.

-- name: begin
INSERT INTO vado_control.operation (id, kind, state, environment, actor, subject)
VALUES (%(id)s, %(kind)s, 'running', %(environment)s, %(actor)s, %(subject)s)
ON CONFLICT (id) DO NOTHING;

-- name: end
UPDATE vado_control.operation
SET
    state = %(state)s,
    result = %(result)s::jsonb,
    error = %(error)s::jsonb,
    finished_at = clock_timestamp()
WHERE id = %(id)s;

-- name: event
INSERT INTO vado_control.audit_event (
    action, outcome, actor, operation_id, subject, details, hash
) VALUES (
    %(action)s, %(outcome)s, %(actor)s, %(operation_id)s, %(subject)s, %(details)s::jsonb, ''
);

-- name: interrupted
SELECT
    id,
    subject
FROM vado_control.operation
WHERE state = 'running' AND kind = %(kind)s
ORDER BY id;

-- name: interrupt
UPDATE vado_control.operation
SET state = 'interrupted', finished_at = clock_timestamp()
WHERE id = %(id)s AND state = 'running';

-- The last word about each kind counts.
-- name: consents
SELECT
    e.subject AS kind,
    to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS granted_at,
    e.actor,
    e.operation_id
FROM (
    SELECT DISTINCT ON (subject)
        subject,
        at,
        actor,
        operation_id,
        details
    FROM vado_control.audit_event
    WHERE action = 'consent'
    ORDER BY subject ASC, id DESC
) AS e
WHERE (e.details ->> 'agreed')::boolean;

-- name: observe
SELECT
    a.state = 'active' AND a.wait_event IS DISTINCT FROM 'ClientRead' AS at_work,
    a.state_change,
    b.pid AS blocker,
    -- A worker of the server's own, such as autovacuum, has no user.
    coalesce(b.usename, b.backend_type) AS "user",
    coalesce(nullif(b.application_name, ''), b.backend_type) AS application,
    coalesce(b.client_addr::text, 'local') AS host,
    left(b.query, 300) AS query,
    CASE
        WHEN b.pid IS NULL THEN 0
        ELSE (
            SELECT count(*)
            FROM pg_stat_activity AS w
            WHERE w.wait_event_type = 'Lock' AND a.pid = any(pg_blocking_pids(w.pid))
        )
    END AS queue,
    coalesce(i.blocks_done, c.heap_blks_scanned, v.heap_blks_scanned) AS done,
    coalesce(
        nullif(i.blocks_total, 0), nullif(c.heap_blks_total, 0), nullif(v.heap_blks_total, 0)
    ) AS total
FROM pg_stat_activity AS a
LEFT JOIN pg_stat_activity AS b ON b.pid = (pg_blocking_pids(a.pid))[1]
LEFT JOIN pg_stat_progress_create_index AS i ON a.pid = i.pid
LEFT JOIN pg_stat_progress_cluster AS c ON a.pid = c.pid
LEFT JOIN pg_stat_progress_vacuum AS v ON a.pid = v.pid
WHERE a.pid = %(pid)s;
