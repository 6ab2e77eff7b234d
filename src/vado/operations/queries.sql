-- Statements on Vado's local state (SQLite). Format: "-- name: NAME", then one statement.

-- name: insert_operation
INSERT INTO operation (
    id, kind, state, environment, actor, subject, owner, created_at
) VALUES (:id, :kind, 'queued', :environment, :actor, :subject, :owner, :created_at);

-- name: start_operation
UPDATE operation SET state = 'running', started_at = :at WHERE id = :id AND state = 'queued';

-- name: cancel_operation
UPDATE operation SET state = 'cancelling' WHERE id = :id AND state IN ('queued', 'running');

-- name: progress_operation
UPDATE operation SET progress = :progress WHERE id = :id;

-- name: finish_operation
UPDATE operation
SET state = :state, result = :result, error = :error, finished_at = :at
WHERE id = :id AND finished_at IS NULL;

-- name: operation
SELECT * FROM operation WHERE id = :id;

-- name: operations
SELECT * FROM operation
WHERE
    (:state IS NULL OR instr(',' || :state || ',', ',' || state || ',') > 0)
    AND (:kind IS NULL OR kind = :kind)
    AND (:owner IS NULL OR owner = :owner)
    AND (:environment IS NULL OR environment = :environment)
    AND (:after IS NULL OR number < (SELECT o.number FROM operation AS o WHERE o.id = :after))
ORDER BY number DESC
LIMIT :limit;

-- name: count_operations
SELECT count(*) AS total FROM operation
WHERE
    (:state IS NULL OR instr(',' || :state || ',', ',' || state || ',') > 0)
    AND (:kind IS NULL OR kind = :kind)
    AND (:owner IS NULL OR owner = :owner)
    AND (:environment IS NULL OR environment = :environment);

-- name: open_operations
SELECT id, owner FROM operation WHERE finished_at IS NULL;

-- name: insert_log
INSERT INTO operation_log (operation_id, at, message, said)
VALUES (:operation_id, :at, :message, :said);

-- name: operation_log
SELECT at, message, said FROM operation_log
WHERE operation_id = :id
ORDER BY number
LIMIT -1 OFFSET :after;

-- name: last_audit
SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1;

-- name: insert_audit
INSERT INTO audit (
    at, action, environment, actor, operation_id, subject, outcome, details, previous_hash, hash
) VALUES (
    :at, :action, :environment, :actor, :operation_id, :subject, :outcome, :details,
    :previous_hash, :hash
);

-- name: audit
SELECT * FROM audit
WHERE (:environment IS NULL OR environment = :environment) AND (:after IS NULL OR id < :after)
ORDER BY id DESC
LIMIT :limit;

-- name: count_audit
SELECT count(*) AS total FROM audit WHERE :environment IS NULL OR environment = :environment;

-- What was over at once, and what was refused: it is no operation.
-- name: acts
SELECT * FROM audit
WHERE
    operation_id IS NULL
    AND outcome != 'intent'
    AND (:environment IS NULL OR environment = :environment)
    AND (:after IS NULL OR id < :after)
ORDER BY id DESC
LIMIT :limit;

-- name: count_acts
SELECT count(*) AS total FROM audit
WHERE
    operation_id IS NULL
    AND outcome != 'intent'
    AND (:environment IS NULL OR environment = :environment);

-- name: whole_audit
SELECT * FROM audit ORDER BY id;

-- name: put_document
INSERT INTO document (kind, id, environment, state, created_at, body)
VALUES (:kind, :id, :environment, :state, :created_at, :body);

-- name: document
SELECT * FROM document WHERE kind = :kind AND id = :id;

-- name: documents
SELECT * FROM document
WHERE
    kind = :kind
    AND (:environment IS NULL OR environment = :environment)
    AND (:after IS NULL OR number < (SELECT d.number FROM document AS d WHERE d.id = :after))
ORDER BY number DESC
LIMIT :limit;

-- name: count_documents
SELECT count(*) AS total FROM document
WHERE kind = :kind AND (:environment IS NULL OR environment = :environment);

-- name: change_document_state
UPDATE document SET state = :state WHERE kind = :kind AND id = :id AND state = :expected;

-- name: preferences
SELECT name, value FROM preference;

-- name: put_preference
INSERT INTO preference (name, value) VALUES (:key, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: known_target
SELECT system_identifier, host, port, database FROM target WHERE key = :key;

-- name: remember_target
INSERT INTO target (key, environment, system_identifier, host, port, database, seen_at)
VALUES (:key, :environment, :system_identifier, :host, :port, :database, :seen_at)
ON CONFLICT (key) DO UPDATE SET
    environment = excluded.environment,
    system_identifier = excluded.system_identifier,
    host = excluded.host,
    port = excluded.port,
    database = excluded.database,
    seen_at = excluded.seen_at;
