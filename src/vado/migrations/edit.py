"""Creating, saving and deleting migration files, so that no text is ever lost."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vado.errors import (
    ChangedMeanwhile,
    MigrationApplied,
    MigrationExists,
    NotFound,
    StateUnavailable,
    UsageError,
)
from vado.migrations.files import (
    Migration,
    check_text,
    numbers_in,
    read_folder,
    read_migration,
    slug,
    version_number,
)

_TEMPLATE = "-- migrate:up\n{up}\n\n-- migrate:down\n{down}\n"
_VERSION = "%Y%m%d%H%M%S"
_SHOWN = 40
_SAFE_NAME = re.compile(r"[a-z0-9_]+")


def create_migration(
    folder: Path,
    name: str,
    *,
    up: str = "",
    down: str = "",
    at: datetime | None = None,
    transaction: bool = True,
) -> Migration:
    """Write a new file named after the present second in UTC and *name*; never overwrite one.

    Without a *transaction* each of its statements stands for itself when it is applied.
    """
    plain = slug(name)
    if not _SAFE_NAME.fullmatch(plain):
        raise UsageError(
            f"{name!r} gives no file name", hint="Use letters and digits, such as add_orders."
        )
    text = _TEMPLATE.format(up=up.strip(), down=down.strip())
    if not transaction:
        text = text.replace("-- migrate:up", "-- migrate:up transaction:false", 1)
    check_text(folder / f"{plain}.sql", text)
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        return read_migration(_written(folder, plain, text, at or datetime.now(UTC)))


def _written(folder: Path, plain: str, text: str, at: datetime) -> Path:
    # A second that is taken, or just being taken by somebody else, is left to them.
    while True:
        version = at.strftime(_VERSION)
        with _claimed(folder / f".{version}.partial") as ours:
            if ours and int(version) not in numbers_in(folder):
                path = folder / f"{version}_{plain}.sql"
                with path.open("x", encoding="utf-8", newline="\n") as file:
                    file.write(text)
                return path
        at += timedelta(seconds=1)


@contextmanager
def _claimed(path: Path) -> Iterator[bool]:
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        yield False
        return
    try:
        yield True
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise MigrationExists(f"{error.filename} exists already", hint="Try again.") from error
    except OSError as error:
        raise StateUnavailable(
            f"cannot write to {folder}: {error.strerror}", hint="Check its permissions."
        ) from error


def find_migration(folder: Path, version: str) -> Migration:
    """Return the migration of *version*; NotFound when the folder has none."""
    number = version_number(version)
    for migration in read_folder(folder):
        if migration.number == number:
            return migration
    raise NotFound(
        f"there is no migration file of version {version[:_SHOWN]}",
        hint="`vado status` lists them.",
    )


def save_migration(migration: Migration, text: str, *, expected_checksum: str) -> Migration:
    """Write *text* in place of the file, if the file is still the one that was read.

    A text whose markers could not be read again is refused, and the file stays as it is; broken
    SQL is saved.
    """
    check_text(migration.path, text)
    _refuse_changed(migration, expected_checksum)
    path = migration.path.resolve()
    with _writing(path.parent):
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, suffix=".partial")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(path.stat().st_mode)
            _refuse_changed(read_migration(migration.path), expected_checksum)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    return read_migration(migration.path)


def delete_migration(migration: Migration, *, applied: bool) -> None:
    """Remove the file of a migration that was never applied."""
    refuse_applied(migration, applied=applied)
    with _writing(migration.path.parent):
        migration.path.unlink(missing_ok=True)


def refuse_applied(migration: Migration, *, applied: bool) -> None:
    """Refuse to change what the ledger says was run."""
    if applied:
        raise MigrationApplied(
            f"{migration.path.name} was applied and is not changed any more",
            hint="Write a new migration.",
        )


def _refuse_changed(migration: Migration, expected: str) -> None:
    if migration.checksum != expected:
        raise ChangedMeanwhile(
            f"{migration.path.name} was changed since it was read",
            hint="Compare both texts before one of them goes.",
            details={"checksum": migration.checksum},
        )
