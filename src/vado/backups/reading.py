"""A backup as pg_restore reads it, for whoever wants no more than to look into it."""

from collections.abc import Iterator
from contextlib import contextmanager

from vado.backups.catalogue import backup_file
from vado.backups.encryption import Archive, opened
from vado.backups.stores import store_of
from vado.backups.verify import whole_file
from vado.environments import Environment
from vado.operations import Job


@contextmanager
def opened_backup(environment: Environment, backup_id: str, job: Job) -> Iterator[Archive]:
    """Have a backup's file here, whole and decrypted on the way, for the time of the block.

    Raises NotFound, Refused for one in quarantine, BackupLocked, BackupDamaged, StoreUnavailable.
    """
    backup_file(environment, backup_id)
    manifest = store_of(environment).read(backup_id)
    with (
        whole_file(environment, manifest, job) as path,
        opened(environment, manifest, path) as archive,
    ):
        yield archive
