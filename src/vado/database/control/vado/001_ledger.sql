-- The ledger belongs to the data: dumps carry it and a restore brings it back.

CREATE SCHEMA vado;

CREATE TABLE vado.script (
    number integer PRIMARY KEY CHECK (number > 0),
    applied_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE vado.migration (
    version numeric PRIMARY KEY CHECK (version >= 0 AND version = trunc(version)),
    name text NOT NULL CHECK (name <> ''),
    checksum text NOT NULL,
    checksum_algorithm text NOT NULL DEFAULT 'sha256-lf',
    sql_text text NOT NULL,
    down_text text,
    state text NOT NULL CHECK (state IN ('applied', 'partial', 'baseline', 'undone')),
    statements_total integer NOT NULL CHECK (statements_total >= 0),
    statements_done integer NOT NULL CHECK (
        statements_done >= 0 AND statements_done <= statements_total
    ),
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    duration_ms bigint CHECK (duration_ms >= 0),
    db_user text NOT NULL DEFAULT current_user,
    os_user text NOT NULL,
    host text NOT NULL,
    tool_version text NOT NULL,
    server_version text NOT NULL DEFAULT current_setting('server_version'),
    fingerprint_before text,
    fingerprint_after text,
    backup_id text,
    operation_id text NOT NULL,
    plan_digest text NOT NULL,
    origin jsonb,
    CHECK (state <> 'applied' OR statements_done = statements_total)
);

CREATE INDEX migration_finished_at ON vado.migration (finished_at);

CREATE INDEX migration_operation_id ON vado.migration (operation_id);

-- Statements that run outside a transaction are written down before and after.
CREATE TABLE vado.migration_step (
    version numeric NOT NULL REFERENCES vado.migration (version),
    number integer NOT NULL CHECK (number >= 0),
    state text NOT NULL CHECK (state IN ('started', 'done', 'failed')),
    statement text NOT NULL,
    backend_pid integer NOT NULL DEFAULT pg_backend_pid(),
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    error text,
    PRIMARY KEY (version, number)
);

COMMENT ON SCHEMA vado IS 'The ledger of Vado: which migrations were applied to this database.';
