"""Proof of a backup: it is restored into a scratch database and compared with its manifest."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from vado.backups.catalogue import list_backups, record_in_target, seen
from vado.backups.compare import compare
from vado.backups.load import restored_beside
from vado.backups.manifest import Manifest
from vado.backups.model import USABLE, Backup
from vado.backups.quarantine import restored_in_quarantine
from vado.backups.stores import store_of
from vado.backups.verify import verify_backup, whole_file
from vado.database import Target, connect
from vado.environments import Environment
from vado.errors import NotFound, Refused
from vado.operations import Job, now
from vado.schema import fingerprint, read_catalogue


def prove_backup(environment: Environment, backup_id: str, job: Job) -> Backup:
    """Restore the backup beside the database, compare schema and rows, and drop it again.

    The database itself is not touched. One in quarantine is restored on Vado's own server and only
    its rows are compared. Raises BackupDamaged, or RestoreFailed where what was restored is not
    what was backed up; Refused where the role may not make databases.
    """
    store = store_of(environment)
    manifest = store.read(backup_id)
    if manifest.state not in USABLE:
        raise Refused(f"backup {backup_id} is {manifest.state}", hint="Choose one that is ready.")
    if manifest.tables is None:
        verify_backup(environment, backup_id, job)
        manifest = store.read(backup_id)
    with _restored(environment, manifest, job) as (target, expected):
        job.step("compare")
        compare(target, expected, job)
    with store.changing():
        # It may have got a label meanwhile.
        proven = replace(store.reread(backup_id), state="proven", proven_at=now(), error=None)
        store.write(proven)
    record_in_target(environment, proven)
    return seen(store, proven)


@contextmanager
def _restored(
    environment: Environment, manifest: Manifest, job: Job
) -> Iterator[tuple[Target, Manifest]]:
    if not manifest.quarantined:
        with restored_beside(environment, manifest.id, job) as target:
            yield target, manifest
        return
    with (
        whole_file(environment, manifest, job),
        restored_in_quarantine(environment, manifest, job) as target,
    ):
        with connect(target) as session:
            # Nobody wrote down what its schema was; only the rows were counted in the file.
            known = replace(manifest, fingerprint=fingerprint(read_catalogue(session)))
        yield target, known


def latest_backup(environment: Environment) -> Backup:
    """Return the newest backup that the database can be restored from; NotFound without any."""
    for backup in list_backups(environment):
        if backup.usable and not backup.quarantined and backup.kind == "dump":
            return backup
    raise NotFound(
        f"there is no usable backup of {environment.target.dbname}",
        hint="`vado backup create` takes one.",
    )
