-- Vado's state on this machine (SQLite). `user_version` counts the changes made to it.

CREATE TABLE operation (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (
        state IN (
            'queued', 'running', 'cancelling', 'succeeded', 'failed', 'cancelled', 'interrupted'
        )
    ),
    environment TEXT,
    actor TEXT NOT NULL,
    subject TEXT,
    owner TEXT NOT NULL,
    progress TEXT,
    result TEXT,
    error TEXT,
    created_at TEXT NOT NULL,
    started_at TEXT,
    finished_at TEXT
);

CREATE INDEX operation_open ON operation (owner) WHERE finished_at IS NULL;

CREATE TABLE operation_log (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    operation_id TEXT NOT NULL REFERENCES operation (id),
    at TEXT NOT NULL,
    message TEXT NOT NULL
);

CREATE INDEX operation_log_of ON operation_log (operation_id);

-- Append-only: each row carries the hash of the one before.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    environment TEXT,
    actor TEXT NOT NULL,
    operation_id TEXT,
    subject TEXT,
    outcome TEXT NOT NULL CHECK (
        outcome IN ('intent', 'succeeded', 'failed', 'cancelled', 'refused', 'interrupted')
    ),
    details TEXT NOT NULL,
    previous_hash TEXT,
    hash TEXT NOT NULL
);

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
SELECT raise(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN
SELECT raise(ABORT, 'the audit log is append-only');
END;

-- Plans and what else is data of its own: the room that owns a kind knows its body.
CREATE TABLE document (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    environment TEXT,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    body TEXT NOT NULL
);

CREATE INDEX document_of ON document (kind, environment);

CREATE TABLE preference (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

PRAGMA user_version = 1;
