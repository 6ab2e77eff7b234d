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
UPDATE vado_control.operation
SET state = 'interrupted', finished_at = clock_timestamp()
WHERE state = 'running' AND kind = %(kind)s
RETURNING id, subject;

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
