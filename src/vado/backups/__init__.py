"""Copies that can replace the database: taken, verified, listed, restored, deleted."""

from typing import TYPE_CHECKING

from vado import front_door

if TYPE_CHECKING:
    from vado.backups.catalogue import (
        backup_file,
        delete_backup,
        get_backup,
        list_backups,
        update_backup,
    )
    from vado.backups.dump import take_backup
    from vado.backups.load import restored_beside
    from vado.backups.model import (
        Backup,
        BackupRequest,
        BackupState,
        Kind,
        Reason,
        RestoreReport,
        RestoreRequest,
    )
    from vado.backups.prove import latest_backup, prove_backup
    from vado.backups.restore import restore_backup
    from vado.backups.successor import settle_restores
    from vado.backups.verify import verify_backup

__getattr__ = front_door(
    __name__,
    {
        "catalogue": (
            "backup_file",
            "delete_backup",
            "get_backup",
            "latest_backup",
            "list_backups",
            "prove_backup",
            "update_backup",
        ),
        "dump": ("take_backup",),
        "load": ("restored_beside",),
        "model": (
            "Backup",
            "BackupRequest",
            "BackupState",
            "Kind",
            "Reason",
            "RestoreReport",
            "RestoreRequest",
        ),
        "prove": ("latest_backup", "prove_backup"),
        "restore": ("restore_backup",),
        "successor": ("settle_restores",),
        "verify": ("verify_backup",),
    },
)

__all__ = [
    "Backup",
    "BackupRequest",
    "BackupState",
    "Kind",
    "Reason",
    "RestoreReport",
    "RestoreRequest",
    "backup_file",
    "delete_backup",
    "get_backup",
    "latest_backup",
    "list_backups",
    "prove_backup",
    "restore_backup",
    "restored_beside",
    "settle_restores",
    "take_backup",
    "update_backup",
    "verify_backup",
]
