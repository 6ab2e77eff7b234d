"""Encrypted backups: never on the disk in the clear, and nothing without the right key."""

import os
import resource
import stat
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyrage import x25519

from vado.backups import (
    Backup,
    BackupRequest,
    RestoreRequest,
    get_backup,
    import_dump,
    list_backups,
    make_identity,
    prove_backup,
    restore_backup,
    take_backup,
    verify_backup,
)
from vado.backups.encryption import opened
from vado.backups.stores import store_of
from vado.backups.verify import decode
from vado.environments import Environment
from vado.errors import (
    BackupDamaged,
    BackupError,
    BackupLocked,
    Cancelled,
    ConfigurationInvalid,
    ToolFailed,
)
from vado.operations import Job
from vado.settings import Secret

_CANARY = "canary of a row that nobody may read"
_AGE = b"age-encryption.org/v1\n"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return tmp_path / "key.txt"


@pytest.fixture
def environment(environment: Environment, key: Path) -> Environment:
    recipient = make_identity(key)
    settings = replace(environment.backups, encrypt_to=(recipient,), identity_file=key)
    return replace(environment, backups=settings)


@pytest.fixture
def canary(shop: Environment) -> Environment:
    """A shop with rows that are known again wherever they are."""
    with shop.session() as session:
        session.execute("insert into public.customers (name) values (%(name)s)", name=_CANARY)
    return shop


def _keyless(environment: Environment) -> Environment:
    return replace(environment, backups=replace(environment.backups, identity_file=None))


def _with_key(environment: Environment, key: str) -> Environment:
    settings = replace(environment.backups, identity_file=None, identity=Secret(key))
    return replace(environment, backups=settings)


def test_an_encrypted_backup_is_taken_proven_and_restored(canary, new_job, look):
    before = look()
    backup = take_backup(canary, new_job())
    file = store_of(canary).file(backup.id)
    with canary.session() as session:
        session.run("delete from public.parts")

    assert (backup.state, backup.encrypted, backup.rows) == ("verified", True, 708)
    assert (file.name, file.read_bytes()[: len(_AGE)]) == (f"{backup.id}.dump.age", _AGE)
    assert prove_backup(canary, backup.id, new_job()).state == "proven"
    restore_backup(canary, RestoreRequest(backup.id, canary.confirmation_word), new_job())
    assert look() == before


def test_nothing_of_it_is_ever_on_the_disk_in_the_clear(canary, new_job, isolated, monkeypatch):
    seen: list[bytes] = []
    done = threading.Event()
    monkeypatch.setenv("TMPDIR", str(isolated))

    def watch() -> None:
        while not done.wait(0.01):
            for path in isolated.rglob("*.dump*"):
                try:
                    seen.append(path.read_bytes()[:5])
                except OSError:
                    continue

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        backup = take_backup(canary, new_job())
        prove_backup(canary, backup.id, new_job())
    finally:
        done.set()
        watching.join()

    assert set(seen) <= {b"", _AGE[:5]}
    held = [path for path in isolated.rglob("*") if path.is_file()]
    assert not [path for path in held if b"PGDMP" in path.read_bytes()]
    assert not [path for path in held if _CANARY.encode() in path.read_bytes()]


def test_with_the_public_key_alone_a_backup_is_taken_but_not_read_back(shop, new_job, reports):
    backup = take_backup(_keyless(shop), new_job())

    assert (backup.state, backup.tables) == ("ready", None)
    assert any("no secret key" in line for line in reports.lines)
    assert verify_backup(shop, backup.id, new_job()).state == "verified"


@pytest.mark.parametrize("work", [verify_backup, prove_backup])
def test_without_a_key_nothing_begins(shop, new_job, databases, work):
    backup = take_backup(shop, new_job())

    with pytest.raises(BackupLocked, match="no secret key") as caught:
        work(_keyless(shop), backup.id, new_job())

    assert "VADO_BACKUP_IDENTITY" in (caught.value.hint or "")
    assert get_backup(shop, backup.id).state == "verified"
    assert databases() == [shop.target.dbname]


def test_a_restore_with_the_wrong_key_begins_nothing(shop, new_job, databases, look):
    backup = take_backup(shop, new_job())
    before = look()
    wrong = _with_key(shop, str(x25519.Identity.generate()))

    with pytest.raises(BackupLocked, match="does not open"):
        restore_backup(wrong, RestoreRequest(backup.id, shop.confirmation_word), new_job())

    assert databases() == [shop.target.dbname]
    assert look() == before
    assert [item.id for item in list_backups(shop)] == [backup.id]


def test_the_key_may_be_a_variable(shop, new_job, key):
    backup = take_backup(shop, new_job())

    assert verify_backup(_with_key(shop, key.read_text()), backup.id, new_job()).state == "verified"


def test_a_backup_that_the_own_key_would_not_open_is_not_taken(shop, new_job):
    with pytest.raises(BackupLocked, match="encrypt_to"):
        take_backup(_with_key(shop, str(x25519.Identity.generate())), new_job())

    assert list_backups(shop) == []


def test_a_key_that_others_may_read_is_refused(shop, new_job, key):
    key.chmod(0o644)

    with pytest.raises(ConfigurationInvalid, match="read by others"):
        take_backup(shop, new_job())


def test_the_manifest_holds_names_and_counts_but_no_key(shop, new_job):
    backup = take_backup(shop, new_job())
    text = (store_of(shop).folder / f"{backup.id}.json").read_text()

    assert '"public.customers": 500' in text
    assert "AGE-SECRET" not in text
    assert "age1" not in text


@pytest.fixture
def encrypted(shop: Environment, new_job: Callable[[], Job]) -> Backup:
    return take_backup(shop, new_job(), BackupRequest("whole"))


# The first byte is of age's own head, which no key opens afterwards.
@pytest.mark.parametrize("place", [0, 300, 0.5, -1])
def test_a_flipped_bit_is_found(shop, encrypted, new_job, place):
    path = store_of(shop).file(encrypted.id)
    data = bytearray(path.read_bytes())
    data[int(place * len(data)) if isinstance(place, float) else place] ^= 1
    path.write_bytes(data)

    with pytest.raises(BackupDamaged):
        verify_backup(shop, encrypted.id, new_job())


def test_a_flipped_bit_is_found_by_age_alone(shop, encrypted, job):
    store = store_of(shop)
    path, manifest = store.file(encrypted.id), store.read(encrypted.id)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)

    with pytest.raises(BackupDamaged), opened(shop, manifest, path) as archive:
        decode(archive, manifest, job)


@pytest.mark.fault
def test_a_disk_that_is_full_leaves_no_backup(shop, new_job):
    with shop.session() as session:
        session.run(
            "create table public.noise as select md5(n::text || random()) as t"
            " from generate_series(1, 60000) as n"
        )
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
    try:
        with pytest.raises(BackupError, match="cannot write the encrypted backup"):
            take_backup(shop, new_job())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    [left] = list_backups(shop)
    assert left.state == "failed"
    assert not list(store_of(shop).folder.glob("*.dump*"))


@pytest.mark.fault
def test_a_cancel_ends_encryption_as_well(shop, job, in_thread, wait_until):
    with shop.session() as session:
        session.run(
            "create table public.slow as select repeat(md5(n::text), 40) as t"
            " from generate_series(1, 300000) as n"
        )
    result = in_thread(lambda: take_backup(shop, job))
    wait_until(lambda: any(p.stat().st_size > 0 for p in _partials(shop)))

    job.cancel()

    with pytest.raises((Cancelled, ToolFailed)):
        result()
    assert not list(store_of(shop).folder.glob("*.dump*"))
    assert not [t for t in threading.enumerate() if t.name == "encryption"]


def _partials(environment: Environment) -> list[Path]:
    return list(store_of(environment).folder.glob("*.partial"))


def test_a_new_key_is_private_and_never_overwrites(tmp_path):
    path = tmp_path / "mine"
    before = os.umask(0)
    try:
        recipient = make_identity(path)
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert recipient in path.read_text()
    with pytest.raises(BackupError, match="there already"):
        make_identity(path)


def test_a_dump_from_elsewhere_is_encrypted_like_the_others(shop, new_job, tmp_path):
    plain = replace(shop, backups=replace(shop.backups, encrypt_to=()))
    taken = take_backup(plain, new_job())
    foreign = tmp_path / "foreign.dump"
    foreign.write_bytes(store_of(plain).file(taken.id).read_bytes())

    found = import_dump(shop, foreign, new_job())

    assert (found.state, found.encrypted, found.quarantined) == ("verified", True, True)
    assert store_of(shop).file(found.id).read_bytes().startswith(_AGE)
    with pytest.raises(BackupLocked, match="no secret key"):
        import_dump(_keyless(shop), foreign, new_job())
