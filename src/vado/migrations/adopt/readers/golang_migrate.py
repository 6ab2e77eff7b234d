"""golang-migrate: pairs `1_name.up.sql` and `.down.sql`; the ledger is one version and a flag."""

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

_NAME = re.compile(r"(?P<version>[0-9]+)_(?P<name>.*)\.up\.sql")


class GolangMigrate(Reader):
    """Reads projects of golang-migrate."""

    tool = "golang-migrate"

    def find(self, root: Path) -> Path | None:
        """Return the folder with pairs of files."""
        for folder in first_folder(root, ("migrations", "db/migrations", "db/migration")):
            if any(_NAME.fullmatch(path.name) for path in folder.glob("*.up.sql")):
                return folder
        return None

    def files(self, folder: Path) -> Files:
        """Read the pairs, in the order of their numbers."""
        found = [_read(path) for path in folder.glob("*.up.sql") if _NAME.fullmatch(path.name)]
        return Files(folder, tuple(sorted(found, key=lambda m: int(m.key))))

    def ledger(self, session: Session) -> Ledger | None:
        """Read the one row of `schema_migrations`."""
        table = ledger_table(session, "schema_migrations", ["version", "dirty"], exact=True)
        if table is None:
            return None
        rows = table.rows(session, "golang_migrate")
        problems = tuple(
            Problem("dirty", str(row["version"]), f"version {row['version']} is marked as dirty")
            for row in rows
            if row["dirty"]
        )
        entries = {str(row["version"]): LedgerEntry() for row in rows if row["version"] >= 0}
        return Ledger(table.identity, (table.identity,), entries, problems)

    def applied(self, files: Files, ledger: Ledger) -> dict[str, LedgerEntry]:
        """Everything up to the one version is applied."""
        newest = max((int(key) for key in ledger.entries), default=-1)
        below = {m.key: LedgerEntry() for m in files.migrations if int(m.key) <= newest}
        known = {int(key) for key in below}
        return {**below, **{k: e for k, e in ledger.entries.items() if int(k) not in known}}


def _read(path: Path) -> ForeignMigration:
    match = _NAME.fullmatch(path.name)
    assert match is not None  # noqa: S101 (asked by the caller)
    down = path.with_name(path.name.removesuffix(".up.sql") + ".down.sql")
    return ForeignMigration(
        match["version"],
        match["name"],
        path,
        read_text(path),
        read_text(down) if down.is_file() else None,
        stamp_of(match["version"]),
    )
