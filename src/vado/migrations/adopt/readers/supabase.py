"""Supabase CLI: `supabase/migrations/TIME_name.sql`, up only; the ledger keeps the statements."""

import hashlib
import re
from pathlib import Path

from vado.database import Session
from vado.migrations.adopt.interface import (
    Files,
    ForeignMigration,
    Ledger,
    LedgerEntry,
    Reader,
    first_folder,
)
from vado.migrations.adopt.tables import ledger_table
from vado.migrations.adopt.texts import stamp_of
from vado.migrations.files import read_text
from vado.sql import parse_script

_NAME = re.compile(r"(?P<version>[0-9]+)_(?P<name>.*)\.sql")
_COLUMNS = ("version", "statements", "name")


class Supabase(Reader):
    """Reads projects of the Supabase CLI."""

    tool = "supabase"
    native = True

    def find(self, root: Path) -> Path | None:
        """Return the migrations folder beside `supabase/config.toml`."""
        for folder in first_folder(root, ("supabase/migrations", "migrations")):
            beside = (folder.parent / "config.toml", folder / "../config.toml")
            if any(path.is_file() for path in beside) and any(folder.glob("[0-9]*_*.sql")):
                return folder
        return None

    def files(self, folder: Path) -> Files:
        """Read the files in the order of their times."""
        named = [(p, m) for p in folder.glob("*.sql") if (m := _NAME.fullmatch(p.name))]
        found = [_read(path, match) for path, match in named]
        return Files(folder, tuple(sorted(found, key=lambda m: m.key)))

    def ledger(self, session: Session) -> Ledger | None:
        """Read `supabase_migrations.schema_migrations`."""
        table = ledger_table(session, "schema_migrations", _COLUMNS)
        if table is None:
            return None
        entries = {
            row["version"]: LedgerEntry(
                statements_digest(";\n".join(row["statements"])) if row["statements"] else None
            )
            for row in table.rows(session, "supabase")
        }
        return Ledger(table.identity, table.belongings, entries)


def _read(path: Path, match: re.Match[str]) -> ForeignMigration:
    text = read_text(path)
    version = match["version"]
    digest = statements_digest(text)
    return ForeignMigration(
        version, match["name"], path, text, stamp=stamp_of(version), checksum=digest
    )


def statements_digest(text: str) -> str:
    """Return a hash of the statements of a text: Supabase keeps those, and no checksum."""
    statements = [" ".join(s.text.split()) for s in parse_script(text).statements]
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()
