"""Facts about the proof of a backup: it is restored beside the database, compared, and dropped."""

import pytest

from vado.backups import latest_backup, list_backups, prove_backup
from vado.errors import BackupDamaged, NotFound


def test_a_proven_backup_was_restored_beside_the_database(shop, backup, job, look, databases):
    before = look(), databases()

    proven = prove_backup(shop, backup.id, job)

    assert proven.state == "proven"
    assert proven.proven_at is not None
    assert [item.state for item in list_backups(shop)] == ["proven"]
    assert (look(), databases()) == before


def test_a_damaged_backup_is_not_proven(shop, backup, store, job, databases):
    before = databases()
    path = store.file(backup.id)
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(BackupDamaged):
        prove_backup(shop, backup.id, job)

    assert databases() == before
    assert store.reread(backup.id).state == "failed"


def test_the_latest_is_the_newest_that_can_be_used(shop, backup, store):
    assert latest_backup(shop).id == backup.id
    store.file(backup.id).unlink()

    with pytest.raises(NotFound):
        latest_backup(shop)
