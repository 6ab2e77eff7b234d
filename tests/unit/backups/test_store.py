import os
import resource
import signal
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from vado.backups.catalogue import remove
from vado.backups.manifest import Manifest
from vado.backups.stores import LocalStore
from vado.errors import BackupError, NotFound


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "backups" / "shop-0123")


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("open_umask")
def test_only_the_user_may_read_backups(store: LocalStore, manifest: Manifest):
    with store.reserved(manifest.id):
        store.write(manifest)
        store.begin(manifest.id)
        store.seal(manifest.id)

    assert {_mode(path) for path in store.folder.iterdir()} == {0o600}
    assert {_mode(path) for path in (store.folder, store.folder.parent)} == {0o700}


@pytest.mark.parametrize(
    "backup_id",
    [
        "../x",
        "bk_20261122100000_0123abcd/../x",
        "/etc/passwd",
        "",
        "bk_1",
        "bk_%2e",
        "x\x00",
        "ñ" * 9,
    ],
)
def test_what_is_no_id_is_not_found(store: LocalStore, backup_id: str):
    with pytest.raises(NotFound):
        store.read(backup_id)


def test_the_newest_is_listed_first(store: LocalStore, manifest: Manifest):
    older = replace(manifest, id="bk_20261122100000_ffffffff", created_at="2026-11-21T00:00:00Z")
    with store.reserved(manifest.id):
        store.write(older)
        store.write(manifest)

    assert [item.id for item in store.read_all()] == [manifest.id, older.id]


def test_an_unreadable_manifest_hides_no_other_and_is_named(store: LocalStore, manifest: Manifest):
    assert store.problem is None
    with store.reserved(manifest.id):
        store.write(manifest)
    strange = {
        "bk_20261122100000_00000000.json": b"{",
        "bk_20261122100000_00000001.json": b"\xff\xfe",
        "bk_20261122100000_00000002.json": manifest.to_text().encode(),
        "bk_20261122100000_00000003.json": replace(manifest, id="../../x").to_text().encode(),
    }
    for name, content in strange.items():
        (store.folder / name).write_bytes(content)
    os.mkfifo(store.folder / "bk_20261122100000_00000004.json")

    assert [item.id for item in store.read_all()] == [manifest.id]
    assert store.problem is not None
    assert store.problem.details["files"].split(", ") == [
        *strange,
        "bk_20261122100000_00000004.json",
    ]


def test_a_folder_that_cannot_be_looked_at_is_not_taken_for_empty(store: LocalStore):
    store.folder.parent.mkdir()
    store.folder.touch()

    with pytest.raises(BackupError) as caught:
        store.read_all()

    assert caught.value.details["reason"] == "folder_unreadable"


def test_what_a_dead_writer_left_unreadable_is_no_obstacle(store: LocalStore, manifest: Manifest):
    store.make()
    (store.folder / f"{manifest.id}.lock").touch()
    (store.folder / f"{manifest.id}.json").write_text("{")

    assert store.read_all() == []
    assert not (store.folder / f"{manifest.id}.lock").exists()


@pytest.fixture
def full_disk() -> Iterator[Callable[[], None]]:
    """From when it is called no file can grow, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, heard)


def test_a_manifest_that_cannot_be_written_leaves_the_one_before(
    store: LocalStore, manifest: Manifest, full_disk: Callable[[], None]
):
    with store.reserved(manifest.id):
        store.write(manifest)
    full_disk()

    with pytest.raises(BackupError) as caught:
        store.write(replace(manifest, label="later"))

    assert caught.value.details["reason"] == "not_written"
    assert store.reread(manifest.id) == manifest
    assert not list(store.folder.glob("*.partial"))


def test_on_a_full_disk_a_backup_can_be_deleted_to_make_room(
    store: LocalStore, manifest: Manifest, full_disk: Callable[[], None]
):
    with store.reserved(manifest.id):
        store.write(manifest)
        store.begin(manifest.id)
        store.seal(manifest.id)
    full_disk()

    with store.changing():
        remove(store, manifest)

    assert [path.name for path in store.folder.iterdir()] == ["store.lock"]


def test_a_folder_that_is_not_there_holds_no_backups(store: LocalStore):
    assert store.read_all() == []


def test_what_a_dead_writer_left_is_removed_and_told(store: LocalStore, manifest: Manifest):
    with store.reserved(manifest.id):
        store.write(replace(manifest, state="creating"))
        store.begin(manifest.id).write_bytes(b"half")
    # The lock of a dead process is let go of, its file stays.
    (store.folder / f"{manifest.id}.lock").touch()

    [left] = store.read_all()

    assert (left.state, left.error and left.error["code"]) == ("failed", "interrupted")
    assert [path.name for path in store.folder.glob("bk_*")] == [f"{manifest.id}.json"]


def test_what_a_living_writer_writes_is_left_alone(store: LocalStore, manifest: Manifest):
    with store.reserved(manifest.id):
        store.write(replace(manifest, state="creating"))
        partial = store.begin(manifest.id)

        assert store.read(manifest.id).state == "creating"
        assert partial.exists()


def test_a_finished_backup_survives_its_writers_death(store: LocalStore, manifest: Manifest):
    with store.reserved(manifest.id):
        store.begin(manifest.id).write_bytes(b"whole")
        store.seal(manifest.id)
        store.write(manifest)
    (store.folder / f"{manifest.id}.lock").touch()

    assert store.read(manifest.id).state == "verified"
    assert store.is_available(manifest.id)


def test_the_file_is_there_before_the_manifest_says_so(
    store: LocalStore, manifest: Manifest, monkeypatch: pytest.MonkeyPatch
):
    order = []
    real = {"fsync": os.fsync, "rename": Path.rename, "replace": Path.replace}
    monkeypatch.setattr(os, "fsync", lambda fd: (order.append("fsync"), real["fsync"](fd)))
    monkeypatch.setattr(
        Path, "rename", lambda a, b: (order.append("file"), real["rename"](a, b))[1]
    )
    monkeypatch.setattr(
        Path, "replace", lambda a, b: (order.append("manifest"), real["replace"](a, b))[1]
    )

    with store.reserved(manifest.id):
        store.begin(manifest.id)
        store.seal(manifest.id)
        store.write(manifest)

    # file, its name, then the manifest likewise: each on the disk before the next begins
    assert order == ["fsync", "file", "fsync", "fsync", "manifest", "fsync"]


def test_a_link_in_the_way_of_a_file_is_not_followed(
    store: LocalStore, manifest: Manifest, tmp_path: Path
):
    elsewhere = tmp_path / "elsewhere"
    with store.reserved(manifest.id):
        store.partial(manifest.id).symlink_to(elsewhere)

        with pytest.raises(BackupError):
            store.begin(manifest.id)

    assert not elsewhere.exists()


def test_a_busy_store_says_so(
    store: LocalStore, manifest: Manifest, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("vado.backups.stores.local._BUSY_S", 0.1)
    with (
        store.reserved(manifest.id),
        FileLock(store.folder / "store.lock"),
        pytest.raises(BackupError, match="busy"),
        store.changing(),
    ):
        pass
