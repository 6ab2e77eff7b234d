"""Proof of a backup: it is restored into a scratch database and compared with its manifest."""

from dataclasses import replace

from vado.backups.catalogue import list_backups, record_in_target
from vado.backups.compare import compare
from vado.backups.load import restored_beside
from vado.backups.model import Backup
from vado.backups.stores import store_of
from vado.backups.verify import verify_backup
from vado.environments import Environment
from vado.errors import NotFound, Refused
from vado.operations import Job, now

_USABLE = frozenset({"ready", "verified", "proven"})


def prove_backup(environment: Environment, backup_id: str, job: Job) -> Backup:
    """Restore the backup beside the database, compare schema and rows, and drop it again.

    The database itself is not touched. Raises BackupDamaged, or RestoreFailed where what was
    restored is not what was backed up; Refused where the role may not make databases.
    """
    store = store_of(environment)
    manifest = store.read(backup_id)
    if manifest.state not in _USABLE:
        raise Refused(f"backup {backup_id} is {manifest.state}", hint="Choose one that is ready.")
    if manifest.tables is None:
        verify_backup(environment, backup_id, job)
        manifest = store.read(backup_id)
    with restored_beside(environment, backup_id, job) as target:
        job.step("compare")
        compare(target, manifest, job)
    with store.changing():
        # It may have got a label meanwhile.
        proven = replace(store.reread(backup_id), state="proven", proven_at=now(), error=None)
        store.write(proven)
    record_in_target(environment, proven)
    return proven.backup(available=True)


def latest_backup(environment: Environment) -> Backup:
    """Return the newest backup that can be used; NotFound when there is none."""
    for backup in list_backups(environment):
        if backup.state in _USABLE and backup.available:
            return backup
    raise NotFound(
        f"there is no usable backup of {environment.target.dbname}",
        hint="`vado backup create` takes one.",
    )
