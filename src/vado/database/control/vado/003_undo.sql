-- The statements by which a half-done migration is being taken back. They are made from what the
-- catalogue shows, which changes while they run, so what was begun is what is gone on with.

ALTER TABLE vado.migration ADD COLUMN undo jsonb;
