"""Prisma Migrate: `migrations/TIME_name/migration.sql`; the ledger keeps a SHA-256 of each file."""

import hashlib
import re
from pathlib import Path

from vado.database import Session
from vado.migrations.adopt.interface import (
    Files,
    ForeignMigration,
    Ledger,
    LedgerEntry,
    Problem,
    Reader,
    first_folder,
)
from vado.migrations.adopt.tables import ledger_table
from vado.migrations.adopt.texts import stamp_of
from vado.migrations.files import read_text

_NAME = re.compile(r"(?P<version>[0-9]*)_?(?P<name>.*)")
_COLUMNS = ("migration_name", "checksum", "finished_at", "rolled_back_at", "applied_steps_count")


class Prisma(Reader):
    """Reads projects of Prisma Migrate."""

    tool = "prisma"

    def find(self, root: Path) -> Path | None:
        """Return the folder with `migration_lock.toml`."""
        for folder in first_folder(root, ("prisma/migrations", "migrations")):
            if (folder / "migration_lock.toml").is_file():
                return folder
        return None

    def files(self, folder: Path) -> Files:
        """Read a folder for each migration, in the order of their names."""
        found = sorted(folder.glob("*/migration.sql"), key=lambda path: path.parent.name)
        return Files(folder, tuple(_read(path) for path in found))

    def ledger(self, session: Session) -> Ledger | None:
        """Read `_prisma_migrations`, where a migration may have several attempts."""
        table = ledger_table(session, "_prisma_migrations", _COLUMNS)
        if table is None:
            return None
        entries: dict[str, LedgerEntry] = {}
        problems = []
        for row in table.rows(session, "prisma"):
            name = row["migration_name"]
            if row["rolled_back_at"] is not None:
                continue
            if row["finished_at"] is None:
                problems.append(Problem("failed", name, f"{name} failed and is not resolved"))
                continue
            entries[name] = LedgerEntry(row["checksum"], row["finished_at"])
        return Ledger(table.identity, (table.identity,), entries, tuple(problems))


def _read(path: Path) -> ForeignMigration:
    key = path.parent.name
    match = _NAME.fullmatch(key)
    assert match is not None  # noqa: S101 (the pattern matches every name)
    down = path.with_name("down.sql")
    return ForeignMigration(
        key,
        match["name"] or key,
        path,
        read_text(path),
        read_text(down) if down.is_file() else None,
        stamp_of(match["version"]),
        hashlib.sha256(path.read_bytes()).hexdigest(),
    )
