"""Creating, saving, deleting: no text is lost, and none is written that cannot be read."""

import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vado.errors import (
    ChangedMeanwhile,
    MigrationApplied,
    MigrationFileInvalid,
    NotFound,
    StateUnavailable,
    UsageError,
)
from vado.migrations import (
    create_migration,
    delete_migration,
    find_migration,
    read_folder,
    save_migration,
)

NOON = datetime(2026, 11, 22, 12, 0, 59, tzinfo=UTC)


def test_a_new_file_is_named_after_the_second_and_the_name(tmp_path: Path) -> None:
    migration = create_migration(tmp_path / "new", "Add {orders}", up="a {b};", down="c;", at=NOON)

    assert migration.path == tmp_path / "new" / "20261122120059_add_orders.sql"
    assert migration.path.read_bytes() == b"-- migrate:up\na {b};\n\n-- migrate:down\nc;\n"


def test_the_second_of_two_takes_the_next_free_second(tmp_path: Path) -> None:
    versions = [create_migration(tmp_path, "a", at=NOON).version for _ in range(3)]

    assert versions == ["20261122120059", "20261122120100", "20261122120101"]


def test_creators_at_once_never_share_a_version(tmp_path: Path) -> None:
    together = threading.Barrier(8)

    def create(number: int) -> None:
        together.wait()
        create_migration(tmp_path, f"name {number}", at=NOON)

    with ThreadPoolExecutor(8) as pool:
        for result in [pool.submit(create, n) for n in range(8)]:
            result.result()

    assert len({m.number for m in read_folder(tmp_path)}) == 8


@pytest.mark.parametrize("name", ["", "!!", "漢字", "/"])
def test_a_name_without_letters_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="gives no file name"):
        create_migration(tmp_path, name)


@pytest.mark.parametrize(
    "up", ["a\x00b", "\ud800", "-- migrate:up\nx", "-- migrate:down\nx", "x" * 10_000_001]
)
def test_a_text_that_could_not_be_read_again_is_not_written(tmp_path: Path, up: str) -> None:
    with pytest.raises(MigrationFileInvalid):
        create_migration(tmp_path, "x", up=up)

    assert list(tmp_path.iterdir()) == []


def test_broken_sql_is_saved_all_the_same(tmp_path: Path) -> None:
    migration = create_migration(tmp_path, "x", up="selec 1;")

    assert migration.script.errors
    assert "selec 1;" in migration.path.read_text()


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StateUnavailable, match="cannot write to"):
        create_migration(tmp_path / "file" / "below", "x")


def test_a_file_is_saved_as_it_was_given(tmp_path: Path) -> None:
    migration = create_migration(tmp_path, "x")
    migration.path.chmod(0o640)
    text = "\ufeff-- migrate:up\r\nselect 'é';\r\n"

    saved = save_migration(migration, text, expected_checksum=migration.checksum)

    assert saved.path.read_bytes() == text.encode()
    assert stat.S_IMODE(saved.path.stat().st_mode) == 0o640
    assert [p.name for p in tmp_path.iterdir()] == [saved.path.name]


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    migration = create_migration(tmp_path, "x")
    migration.path.write_text("-- migrate:up\nsomebody else;")

    with pytest.raises(ChangedMeanwhile) as caught:
        save_migration(migration, "mine", expected_checksum=migration.checksum)

    assert caught.value.details["checksum"] == find_migration(tmp_path, migration.version).checksum
    assert "somebody else" in migration.path.read_text()
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "-- migrate:down\nx", "x" * 10_000_001])
def test_a_save_that_would_break_the_folder_is_refused(tmp_path: Path, text: str) -> None:
    migration = create_migration(tmp_path, "x", up="select 1;")

    with pytest.raises(MigrationFileInvalid):
        save_migration(migration, text, expected_checksum=migration.checksum)

    assert [m.text for m in read_folder(tmp_path)] == [migration.text]


def test_saving_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_text("select 1;")
    link = tmp_path / "1_x.sql"
    link.symlink_to("real.txt")
    [migration] = read_folder(tmp_path)

    save_migration(migration, "select 2;", expected_checksum=migration.checksum)

    assert link.is_symlink()
    assert real.read_text() == "select 2;"


def test_an_applied_migration_is_not_deleted(tmp_path: Path) -> None:
    migration = create_migration(tmp_path, "x")

    with pytest.raises(MigrationApplied):
        delete_migration(migration, applied=True)
    assert migration.path.exists()
    delete_migration(migration, applied=False)

    assert not migration.path.exists()


@pytest.mark.parametrize("version", ["8", "x", "", "9" * 5000, "../7"])
def test_a_version_that_is_not_there_is_said(tmp_path: Path, version: str) -> None:
    create_migration(tmp_path, "x")

    with pytest.raises(NotFound) as caught:
        find_migration(tmp_path, version)

    assert len(caught.value.message) < 100


def test_a_version_is_found_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "007_x.sql").write_text("")

    assert find_migration(tmp_path, "7").version == "007"
