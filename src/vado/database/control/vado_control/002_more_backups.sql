-- Backups that are kept by Neon, taken by a schedule, brought from elsewhere, or gone again.

ALTER TABLE vado_control.backup DROP CONSTRAINT backup_state_check;

ALTER TABLE vado_control.backup ADD CONSTRAINT backup_state_check CHECK (state IN (
    'creating', 'ready', 'verified', 'proven', 'failed', 'unknown', 'missing', 'expired',
    'deleting', 'deleted'
));

ALTER TABLE vado_control.backup DROP CONSTRAINT backup_reason_check;

ALTER TABLE vado_control.backup ADD CONSTRAINT backup_reason_check CHECK (
    reason IN ('manual', 'scheduled', 'before_apply', 'before_restore', 'imported')
);

ALTER TABLE vado_control.backup ADD COLUMN kind text NOT NULL DEFAULT 'dump' CHECK (
    kind IN ('dump', 'neon_snapshot', 'neon_branch', 'neon_lsn')
);
