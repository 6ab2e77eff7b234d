import hashlib
import time

import pytest

from vado.backups import (
    RestoreRequest,
    get_backup,
    list_backups,
    restore_backup,
    verify_backup,
)
from vado.errors import BackupDamaged, BackupError, Cancelled, NotFound, Refused


def _flip(path, place):
    content = bytearray(path.read_bytes())
    content[place] ^= 0x10
    path.write_bytes(content)


def test_a_whole_backup_is_verified_again(shop, backup, job):
    again = verify_backup(shop, backup.id, job)

    assert again.state == "verified"
    assert again.verified_at is not None
    assert again.verified_at > (backup.verified_at or "")
    assert (again.tables, again.rows) == (backup.tables, backup.rows)


@pytest.mark.parametrize("part", [0.1, 0.999])
def test_a_flipped_bit_is_found_and_never_restored(shop, backup, store, new_job, part):
    path = store.file(backup.id)
    _flip(path, int(path.stat().st_size * part))

    with pytest.raises(BackupDamaged):
        restore_backup(shop, RestoreRequest(backup.id, "shop"), new_job())
    with pytest.raises(BackupDamaged, match="SHA-256"):
        verify_backup(shop, backup.id, new_job())

    assert [item.state for item in list_backups(shop)] == ["failed"]


def test_a_truncated_file_is_found_and_never_restored(
    shop, backup, store, new_job, look, databases
):
    before = look(), databases()
    path = store.file(backup.id)
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(BackupDamaged, match="bytes"):
        restore_backup(shop, RestoreRequest(backup.id, "shop"), new_job())
    with pytest.raises(BackupDamaged, match="bytes"):
        verify_backup(shop, backup.id, new_job())

    assert (look(), databases()) == before


def test_a_damage_that_the_manifest_hides_is_found_by_decoding(shop, backup, store, new_job):
    """As if the file had been written wrongly: size and SHA-256 are those of the bad file."""
    path = store.file(backup.id)
    path.write_bytes(path.read_bytes()[:-200])
    manifest = store.folder / f"{backup.id}.json"
    text = manifest.read_text()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    size = f'"size_bytes": {path.stat().st_size}'
    text = text.replace(f'"size_bytes": {backup.size_bytes}', size)
    manifest.write_text(text.replace(backup.sha256 or "", digest))

    with pytest.raises(BackupDamaged):
        verify_backup(shop, backup.id, new_job())


def test_a_foreign_dump_in_the_place_of_a_backup_is_not_read(shop, backup, store, job):
    store.file(backup.id).write_text("\\! touch /tmp/owned\nselect 1;\n")

    with pytest.raises(BackupDamaged):
        restore_backup(shop, RestoreRequest(backup.id, "shop"), job)


def test_a_repaired_file_is_verified_again(shop, backup, store, new_job):
    path = store.file(backup.id)
    _flip(path, 100)
    with pytest.raises(BackupDamaged):
        verify_backup(shop, backup.id, new_job())

    _flip(path, 100)

    assert verify_backup(shop, backup.id, new_job()).state == "verified"


def test_a_missing_file_is_no_damage(shop, backup, store, job):
    store.file(backup.id).unlink()

    with pytest.raises(BackupError, match="missing"):
        verify_backup(shop, backup.id, job)

    assert get_backup(shop, backup.id).state == "missing"
    assert store.read(backup.id).state == "verified"


@pytest.mark.parametrize("backup_id", ["bk_20261122100000_00000000", "../x", ""])
def test_an_unknown_backup_is_not_found(shop, job, backup_id):
    with pytest.raises(NotFound):
        verify_backup(shop, backup_id, job)
    with pytest.raises(NotFound):
        restore_backup(shop, RestoreRequest(backup_id, "shop"), job)


def test_verifying_can_be_cancelled(shop, backup, job):
    job.cancel()

    with pytest.raises(Cancelled):
        verify_backup(shop, backup.id, job)

    assert [item.state for item in list_backups(shop)] == ["verified"]


def test_a_failed_backup_is_not_restored(shop, backup, store, new_job):
    _flip(store.file(backup.id), 50)
    began = time.monotonic()
    with pytest.raises(BackupDamaged):
        verify_backup(shop, backup.id, new_job())

    with pytest.raises(Refused, match="failed"):
        restore_backup(shop, RestoreRequest(backup.id, "shop"), new_job())

    assert time.monotonic() - began < 5
