-- What happened to this database. It does not belong to the data: dumps leave it out and a restore
-- carries it over, so a restore never erases the record of itself.

CREATE SCHEMA vado_control;

CREATE TABLE vado_control.script (
    number integer PRIMARY KEY CHECK (number > 0),
    applied_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE vado_control.operation (
    id text PRIMARY KEY,
    kind text NOT NULL,
    state text NOT NULL CHECK (
        state IN ('running', 'succeeded', 'failed', 'cancelled', 'interrupted')
    ),
    environment text,
    actor text NOT NULL,
    subject text,
    result jsonb,
    error jsonb,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    CHECK ((state = 'running') = (finished_at IS NULL))
);

CREATE INDEX operation_started_at ON vado_control.operation (started_at);

CREATE TABLE vado_control.backup (
    id text PRIMARY KEY,
    state text NOT NULL CHECK (state IN ('creating', 'ready', 'verified', 'proven', 'failed')),
    label text,
    reason text NOT NULL CHECK (reason IN ('manual', 'before_apply', 'before_restore')),
    pinned boolean NOT NULL DEFAULT FALSE,
    environment text NOT NULL,
    database text NOT NULL,
    store text NOT NULL DEFAULT 'local',
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    size_bytes bigint CHECK (size_bytes >= 0),
    sha256 text,
    fingerprint text,
    ledger_version text,
    operation_id text,
    manifest jsonb
);

CREATE INDEX backup_created_at ON vado_control.backup (created_at);

CREATE TABLE vado_control.audit_event (
    id bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    action text NOT NULL,
    outcome text NOT NULL CHECK (
        outcome IN ('intent', 'succeeded', 'failed', 'cancelled', 'refused', 'interrupted')
    ),
    actor text NOT NULL,
    db_user text NOT NULL DEFAULT current_user,
    operation_id text,
    subject text,
    details jsonb NOT NULL DEFAULT '{}',
    previous_hash text,
    hash text NOT NULL
);

CREATE INDEX audit_event_operation_id ON vado_control.audit_event (operation_id);

-- Each event carries the hash of the one before. The lock makes writers stand in a row, and number
-- and time are given inside it: by themselves they could come in another order than the hashes.
CREATE FUNCTION vado_control.chain_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('vado_control.audit_event', 0));
    SELECT e.id, e.hash INTO NEW.id, NEW.previous_hash
    FROM vado_control.audit_event AS e ORDER BY e.id DESC LIMIT 1;
    NEW.id := coalesce(NEW.id, 0) + 1;
    NEW.at := clock_timestamp();
    NEW.hash := encode(sha256(convert_to(concat_ws(
        E'\x1f', NEW.id::text, coalesce(NEW.previous_hash, ''), extract(epoch FROM NEW.at)::text,
        NEW.action, NEW.outcome, NEW.actor, NEW.db_user, coalesce(NEW.operation_id, ''),
        coalesce(NEW.subject, ''), NEW.details::text
    ), 'UTF8')), 'hex');
    RETURN NEW;
END $$;

CREATE TRIGGER chain BEFORE INSERT ON vado_control.audit_event
FOR EACH ROW EXECUTE FUNCTION vado_control.chain_event();

CREATE FUNCTION vado_control.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'vado_control.audit_event is append-only';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON vado_control.audit_event
FOR EACH STATEMENT EXECUTE FUNCTION vado_control.refuse_change();

-- Also in a session that a migration left in session_replication_role = replica.
ALTER TABLE vado_control.audit_event ENABLE ALWAYS TRIGGER chain;

ALTER TABLE vado_control.audit_event ENABLE ALWAYS TRIGGER append_only;

COMMENT ON SCHEMA vado_control IS 'Backups, operations and audit log of Vado for this database.';
