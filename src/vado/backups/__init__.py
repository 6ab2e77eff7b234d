"""Copies that can replace the database: taken, verified, listed, restored, deleted."""

from typing import TYPE_CHECKING

from vado import front_door

if TYPE_CHECKING:
    from vado.backups.adopt import AdoptReport, adopt_backups
    from vado.backups.catalogue import (
        backup_file,
        delete_backup,
        filter_backups,
        get_backup,
        list_backups,
        update_backup,
    )
    from vado.backups.difference import TableDifference
    from vado.backups.dump import take_backup
    from vado.backups.encryption import Archive
    from vado.backups.keys import make_identity
    from vado.backups.labels import check_label
    from vado.backups.load import restored_beside
    from vado.backups.model import (
        Backup,
        BackupFilter,
        BackupRequest,
        BackupState,
        Kind,
        Reason,
        RestoreMode,
        RestoreReport,
        RestoreRequest,
    )
    from vado.backups.neon.create import note_restore_point
    from vado.backups.neon.finalize import (
        abandon_restore,
        finalize_restore,
    )
    from vado.backups.neon.settle import settle_neon_restores
    from vado.backups.neon.status import NeonStatus, Orphan, neon_status, orphans, remove_orphan
    from vado.backups.preview import ModeOffer, RestorePreview, preview_restore
    from vado.backups.previous import (
        PreviousDatabase,
        find_previous,
        previous_databases,
        remove_previous,
        undo_restore,
    )
    from vado.backups.prove import latest_backup, prove_backup
    from vado.backups.quarantine import import_dump
    from vado.backups.reading import opened_backup
    from vado.backups.restore import restore_backup
    from vado.backups.retention import (
        Doomed,
        Kept,
        RetentionPlan,
        apply_retention,
        plan_retention,
    )
    from vado.backups.scratch import scratch_beside, scratch_database, sweep_scratch
    from vado.backups.stores import described_store, store_problem
    from vado.backups.successor import settle_restores
    from vado.backups.verify import verify_backup

__getattr__ = front_door(
    __name__,
    {
        "adopt": ("AdoptReport", "adopt_backups"),
        "catalogue": (
            "backup_file",
            "delete_backup",
            "filter_backups",
            "get_backup",
            "list_backups",
            "update_backup",
        ),
        "difference": ("TableDifference",),
        "dump": ("take_backup",),
        "encryption": ("Archive",),
        "keys": ("make_identity",),
        "labels": ("check_label",),
        "load": ("restored_beside",),
        "model": (
            "Backup",
            "BackupFilter",
            "BackupRequest",
            "BackupState",
            "Kind",
            "Reason",
            "RestoreMode",
            "RestoreReport",
            "RestoreRequest",
        ),
        "preview": ("ModeOffer", "RestorePreview", "preview_restore"),
        "previous": (
            "PreviousDatabase",
            "find_previous",
            "previous_databases",
            "remove_previous",
            "undo_restore",
        ),
        "neon.create": ("note_restore_point",),
        "neon.finalize": ("abandon_restore", "finalize_restore"),
        "neon.settle": ("settle_neon_restores",),
        "neon.status": ("NeonStatus", "Orphan", "neon_status", "orphans", "remove_orphan"),
        "prove": ("latest_backup", "prove_backup"),
        "quarantine": ("import_dump",),
        "reading": ("opened_backup",),
        "restore": ("restore_backup",),
        "retention": (
            "Doomed",
            "Kept",
            "RetentionPlan",
            "apply_retention",
            "plan_retention",
        ),
        "scratch": ("scratch_beside", "scratch_database", "sweep_scratch"),
        "stores": ("described_store", "store_problem"),
        "successor": ("settle_restores",),
        "verify": ("verify_backup",),
    },
)

__all__ = [
    "AdoptReport",
    "Archive",
    "Backup",
    "BackupFilter",
    "BackupRequest",
    "BackupState",
    "Doomed",
    "Kept",
    "Kind",
    "ModeOffer",
    "NeonStatus",
    "Orphan",
    "PreviousDatabase",
    "Reason",
    "RestoreMode",
    "RestorePreview",
    "RestoreReport",
    "RestoreRequest",
    "RetentionPlan",
    "TableDifference",
    "abandon_restore",
    "adopt_backups",
    "apply_retention",
    "backup_file",
    "check_label",
    "delete_backup",
    "described_store",
    "filter_backups",
    "finalize_restore",
    "find_previous",
    "get_backup",
    "import_dump",
    "latest_backup",
    "list_backups",
    "make_identity",
    "neon_status",
    "note_restore_point",
    "opened_backup",
    "orphans",
    "plan_retention",
    "preview_restore",
    "previous_databases",
    "prove_backup",
    "remove_orphan",
    "remove_previous",
    "restore_backup",
    "restored_beside",
    "scratch_beside",
    "scratch_database",
    "settle_neon_restores",
    "settle_restores",
    "store_problem",
    "sweep_scratch",
    "take_backup",
    "undo_restore",
    "update_backup",
    "verify_backup",
]
