"""Migrations folders that cannot be read, each with what is said about it."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

BAD = "20260102000000_bad.sql"


@dataclass(frozen=True)
class BadInput:
    """What is wrong with a folder whose first file is applied, and the error about it."""

    spoil: Callable[[Path], object]
    code: str
    says: str
    place: tuple[int, int] | None = None


def _fifty_megabytes(folder: Path) -> None:
    with (folder / BAD).open("wb") as file:
        file.truncate(50 * 2**20)


def _link_outside(folder: Path) -> None:
    outside = folder.parent / "outside.sql"
    outside.write_text("select 'not for you';")
    (folder / BAD).symlink_to(outside)


def _unreadable(folder: Path) -> None:
    (folder / BAD).write_text("select 1;")
    (folder / BAD).chmod(0)


BAD_INPUTS = {
    "folder missing": BadInput(lambda f: f.rename(f.parent / "away"), "not_found", "migrations"),
    "folder is a file": BadInput(
        lambda f: (f.rename(f.parent / "away"), f.write_text("")), "not_found", "migrations"
    ),
    "not UTF-8": BadInput(
        lambda f: (f / BAD).write_bytes(b"select 1;\nselect 'caf\xe9';\n"),
        "migration_file_invalid",
        "not UTF-8",
        (2, 12),
    ),
    "50 MB": BadInput(_fifty_megabytes, "migration_file_invalid", "larger than 10 MB"),
    "version twice": BadInput(
        lambda f: (f / "020260101000000_again.sql").write_text("select 1;"),
        "migration_file_invalid",
        "020260101000000_again.sql",
    ),
    "link outside": BadInput(_link_outside, "migration_file_invalid", "leaves the folder"),
    "link to nothing": BadInput(
        lambda f: (f / BAD).symlink_to("nowhere.sql"), "migration_file_invalid", "cannot be read"
    ),
    "a folder": BadInput(lambda f: (f / BAD).mkdir(), "migration_file_invalid", "is not a file"),
}
if os.geteuid() != 0:  # who may read everything
    BAD_INPUTS["unreadable"] = BadInput(_unreadable, "migration_file_invalid", "Permission denied")


def seen(folder: Path) -> dict[str, bytes | None]:
    """All names in *folder* and what stands in the files."""
    if not folder.is_dir():
        return {}
    return {
        path.name: path.read_bytes() if path.is_file() else None
        for path in sorted(folder.iterdir())
    }
