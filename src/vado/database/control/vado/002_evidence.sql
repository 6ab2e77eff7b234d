-- What was there before a statement outside a transaction was sent, so that after a crash the
-- catalogue can tell whether it was carried out.

ALTER TABLE vado.migration_step ADD COLUMN found jsonb;
