"""Migration files: names, markers, checksum, and what cannot be read."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vado.errors import MigrationFileInvalid, NotFound
from vado.migrations.files import (
    MAX_FILE_BYTES,
    Migration,
    checksum,
    migration_of,
    read_folder,
    read_migration,
    slug,
    version_number,
)


def parsed(text: str) -> Migration:
    return migration_of("1", "x", Path("1_x.sql"), text)


def write(folder: Path, name: str, data: str | bytes = "select 1;\n") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_files_are_read_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name in ("10_ten.sql", "9_nine.sql", "0002_two.sql", "20261122101500_late.sql"):
        write(tmp_path, name)

    assert [m.version for m in read_folder(tmp_path)] == ["0002", "9", "10", "20261122101500"]


@pytest.mark.parametrize(
    "name", ["x.sql", "1.sql", "1_.sql", "_x.sql", "1-x.sql", "\u0661_x.sql", f"{'1' * 21}_x.sql"]
)
def test_a_name_that_is_no_migrations_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)

    with pytest.raises(MigrationFileInvalid, match="not named like a migration"):
        read_folder(tmp_path)


def test_other_files_and_hidden_ones_are_left_alone(tmp_path: Path) -> None:
    for name in ("README.md", ".1_x.sql", "1_x.sql.partial", "1_x.sql~"):
        write(tmp_path, name)
    (tmp_path / ".#1_x.sql").symlink_to("somebody@nowhere")

    assert read_folder(tmp_path) == []


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no migrations folder"):
        read_folder(tmp_path / "missing")


def test_one_version_twice_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "7_a.sql")
    write(tmp_path, "007_b.sql")

    with pytest.raises(MigrationFileInvalid, match=r"007_b.sql and 7_a.sql have the same version"):
        read_folder(tmp_path)


@pytest.mark.parametrize(
    ("text", "up", "down"),
    [
        ("select 1;", "select 1;", None),
        ("-- migrate:up\na;\n-- migrate:down\nb;", "a;", "b;"),
        ("--migrate:up\na;", "a;", None),
        ("-- MIGRATE:UP\na;\n-- Migrate:Down\n", "a;", ""),
        ("\ufeff-- migrate:up\na;\n-- migrate:down\nb;", "a;", "b;"),
        ("-- migrate:up\r\na;\r\n-- migrate:down\r\nb;\r\n", "a;", "b;"),
        ("-- migrate:up\ra;\r-- migrate:down\rb;", "a;", "b;"),
        ("-- +goose Up\na;\n-- +goose Down\nb;", "a;", "b;"),
        (
            "-- +goose Up\n-- +goose StatementBegin\na;\n-- +goose StatementEnd\n",
            "-- +goose StatementBegin\na;\n-- +goose StatementEnd",
            None,
        ),
        ("/* about */ -- me\n-- migrate:up\na;", "a;", None),
        ("select '-- migrate:down';", "select '-- migrate:down';", None),
    ],
)
def test_markers_part_up_from_down(text: str, up: str, down: str | None) -> None:
    migration = parsed(text)

    assert migration.up.strip() == up
    assert (migration.down.strip() if migration.down is not None else None) == down


@pytest.mark.parametrize(
    "text",
    [
        "-- migrate:down\nb;",
        "-- migrate:up\na;\n-- migrate:up\nb;",
        "-- migrate:up\n-- migrate:down\n-- migrate:down\n",
        "-- migrate:down\nb;\n-- migrate:up\na;",
        "select 1;\n-- migrate:up\na;",
        "selec 1;\n-- migrate:up\na;",
        "-- migrate:up transaction:flase\na;",
    ],
)
def test_markers_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(MigrationFileInvalid, match=r"^1_x.sql "):
        parsed(text)


@pytest.mark.parametrize(
    ("text", "transaction"),
    [
        ("select 1", True),
        ("-- migrate:up\n", True),
        ("-- migrate:up transaction:true\n", True),
        ("-- migrate:up transaction:false\n", False),
        ("-- migrate:up Transaction:False\n", False),
        ("-- +goose NO TRANSACTION\n-- +goose Up\n", False),
    ],
)
def test_a_file_may_ask_for_no_transaction(text: str, *, transaction: bool) -> None:
    assert parsed(text).transaction is transaction


def test_places_are_those_of_the_file() -> None:
    migration = parsed("-- é\r\n-- migrate:up\r\n\r\n  select 'ñ'; selec 2;\r\n-- migrate:down\r\n")

    [statement] = migration.script.statements
    [error] = migration.script.errors
    assert (statement.line, statement.column) == (4, 3)
    assert (error.line, error.column) == (4, 15)


def test_a_broken_statement_is_named_with_file_line_and_column() -> None:
    with pytest.raises(MigrationFileInvalid, match=r"^1_x.sql:3:3: syntax error") as caught:
        parsed("-- migrate:up\n\n  selec 1;").require_sound()

    assert (caught.value.details["line"], caught.value.details["column"]) == (3, 3)


def test_the_checksum_does_not_see_byte_order_mark_and_line_ends() -> None:
    plain = "select 1;\nselect 'é';\n"

    same = {
        checksum(plain),
        checksum("\ufeff" + plain),
        checksum(plain.replace("\n", "\r\n")),
        checksum(plain.replace("\n", "\r")),
    }

    assert len(same) == 1
    assert checksum("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert checksum(plain) != checksum(plain + " ")
    assert checksum("a\n\nb") != checksum("a\nb")


@given(st.text())
def test_any_text_has_a_checksum_that_line_ends_do_not_change(text: str) -> None:
    clean = "".join(c for c in text if not "\ud800" <= c <= "\udfff")

    assert checksum(clean) == checksum(clean.replace("\r\n", "\n").replace("\n", "\r\n"))


@given(st.text(st.sampled_from(list("-- migrate:updown\r\n;'$a+goose"))))
def test_no_text_crashes(text: str) -> None:
    try:
        migration = parsed(text)
    except MigrationFileInvalid:
        return
    assert len(migration.up) <= len(text)
    assert [c for c in migration.up if c in "\r\n"] == [
        c for c in text[: len(migration.up)] if c in "\r\n"
    ]


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"\xff", 1, 1),
        ("é\né漢".encode() + b"\xc3\x28", 2, 3),
        ("select 1;".encode("utf-16"), 1, 1),
        (b"a\r\nb\x80", 2, 2),
    ],
)
def test_what_is_not_utf8_has_its_place(
    tmp_path: Path, data: bytes, line: int, column: int
) -> None:
    path = write(tmp_path, "1_x.sql", data)

    with pytest.raises(MigrationFileInvalid, match="not UTF-8") as caught:
        read_migration(path)

    assert (caught.value.details["line"], caught.value.details["column"]) == (line, column)


def test_a_link_may_not_leave_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "1_x.sql").symlink_to(write(tmp_path, "secret.sql"))

    with pytest.raises(MigrationFileInvalid, match="a link that leaves the folder"):
        read_folder(folder)


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "real.txt", "select 2;")
    (tmp_path / "1_x.sql").symlink_to("real.txt")

    assert read_folder(tmp_path)[0].text == "select 2;"


def test_a_link_to_itself_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "1_x.sql").symlink_to("1_x.sql")

    with pytest.raises(MigrationFileInvalid, match="cannot be read"):
        read_folder(tmp_path)


def test_a_folder_or_a_pipe_is_no_migration(tmp_path: Path) -> None:
    (tmp_path / "1_x.sql").mkdir()
    with pytest.raises(MigrationFileInvalid, match="is not a file"):
        read_folder(tmp_path)
    (tmp_path / "1_x.sql").rmdir()
    os.mkfifo(tmp_path / "1_x.sql")

    with pytest.raises(MigrationFileInvalid, match="is not a file"):
        read_folder(tmp_path)


def test_a_file_of_fifty_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "1_x.sql"
    with path.open("wb") as file:
        file.truncate(50 * 2**20)

    with pytest.raises(MigrationFileInvalid, match="is larger than 10 MB"):
        read_folder(tmp_path)


def test_the_largest_file_is_read(tmp_path: Path) -> None:
    write(tmp_path, "1_x.sql", "-" * MAX_FILE_BYTES)

    assert len(read_folder(tmp_path)[0].text) == MAX_FILE_BYTES


@contextmanager
def like_anybody() -> Iterator[None]:
    """Root may read everything; for the time of the block this thread of root's may not."""
    if os.geteuid() != 0 or sys.platform != "linux":
        yield
        return
    libc = ctypes.CDLL(None)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    had = (ctypes.c_uint32 * 6)()
    assert libc.capget(header, had) == 0
    fewer = (ctypes.c_uint32 * 6)(*had)
    fewer[0] &= ~0b110  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, of the effective ones
    assert libc.capset(header, fewer) == 0
    try:
        yield
    finally:
        assert libc.capset(header, had) == 0


def test_a_file_that_may_not_be_read_is_one_clear_error(tmp_path: Path) -> None:
    write(tmp_path, "1_x.sql").chmod(0)

    with (
        like_anybody(),
        pytest.raises(MigrationFileInvalid, match="cannot be read: Permission denied"),
    ):
        read_folder(tmp_path)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Add orders", "add_orders"),
        ("  add--orders! ", "add_orders"),
        ("Añadir número", "anadir_numero"),
        ("漢字", ""),
        ("../../etc/passwd", "etc_passwd"),
        ("x" * 200, "x" * 80),
        ("", ""),
    ],
)
def test_a_name_becomes_a_part_of_a_file_name(name: str, plain: str) -> None:
    assert slug(name) == plain


@given(st.text())
def test_every_slug_is_safe_or_empty(name: str) -> None:
    assert set(slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789_")
    assert len(slug(name)) <= 80


@pytest.mark.parametrize(
    ("text", "number"),
    [("007", 7), ("20261122101500", 20261122101500), ("", None), ("x", None), ("9" * 5000, None)],
)
def test_a_typed_version_is_a_number_or_none(text: str, number: int | None) -> None:
    assert version_number(text) == number
