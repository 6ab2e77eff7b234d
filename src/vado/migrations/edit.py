"""Creating, saving and deleting migration files, so that no text is ever lost."""

import os
import re
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vado.errors import (
    ChangedMeanwhile,
    MigrationApplied,
    MigrationExists,
    MigrationFileInvalid,
    NotFound,
    StateUnavailable,
    UsageError,
)
from vado.migrations.files import Migration, read_folder, read_migration, slug

_TEMPLATE = "-- migrate:up\n{up}\n\n-- migrate:down\n{down}\n"
_VERSION = "%Y%m%d%H%M%S"
_SAFE_NAME = re.compile(r"[a-z0-9_]+")


def create_migration(
    folder: Path, name: str, *, up: str = "", down: str = "", at: datetime | None = None
) -> Migration:
    """Write a new file named after the present second in UTC and *name*; never overwrite one."""
    plain = slug(name)
    if not _SAFE_NAME.fullmatch(plain):
        raise UsageError(
            f"{name!r} gives no file name", hint="Use letters and digits, such as add_orders."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{_free_version(folder, at or datetime.now(UTC))}_{plain}.sql"
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(_TEMPLATE.format(up=up.strip(), down=down.strip()))
    except FileExistsError as error:
        raise MigrationExists(f"{error.filename} exists already", hint="Try again.") from error
    except OSError as error:
        raise StateUnavailable(
            f"cannot write to {folder}: {error.strerror}", hint="Check its permissions."
        ) from error
    return read_migration(path)


def _free_version(folder: Path, at: datetime) -> str:
    taken = {m.number for m in read_folder(folder)}
    # Two in one second: the later one takes the next second that is free.
    while int(at.strftime(_VERSION)) in taken:
        at += timedelta(seconds=1)
    return at.strftime(_VERSION)


def find_migration(folder: Path, version: str) -> Migration:
    """Return the migration of *version*; NotFound when the folder has none."""
    for migration in read_folder(folder):
        if version.isdecimal() and migration.number == int(version):
            return migration
    raise NotFound(
        f"there is no migration file of version {version}", hint="`vado status` lists them."
    )


def save_migration(migration: Migration, text: str, *, expected_checksum: str) -> Migration:
    """Write *text* in place of the file, if the file is still the one that was read."""
    _refuse_changed(migration, expected_checksum)
    if "\x00" in text:
        raise MigrationFileInvalid("the text contains a NUL byte", hint="Remove it.")
    descriptor, temporary = tempfile.mkstemp(dir=migration.path.parent, suffix=".partial")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(migration.path.stat().st_mode)
        Path(temporary).replace(migration.path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return read_migration(migration.path)


def delete_migration(migration: Migration, *, applied: bool) -> None:
    """Remove the file of a migration that was never applied."""
    refuse_applied(migration, applied=applied)
    migration.path.unlink()


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
