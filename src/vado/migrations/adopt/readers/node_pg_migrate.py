"""node-pg-migrate: `TIME_name.sql` with its own markers, where it is SQL; no checksums."""

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
from vado.migrations.adopt.tables import in_utc, ledger_table
from vado.migrations.adopt.texts import stamp_of
from vado.migrations.files import read_text

_NAME = re.compile(r"(?P<version>[0-9]{13,17})[_-](?P<name>.*)\.sql")
_CODE = re.compile(r"[0-9]{13,17}[_-].*\.(?:js|ts|cjs|mjs|cts|mts)")
_UP = re.compile(r"(?mi)^\s*--[\s-]*up\s+migration.*$")
_DOWN = re.compile(r"(?mi)^\s*--[\s-]*down\s+migration.*$")


class NodePgMigrate(Reader):
    """Reads projects of node-pg-migrate."""

    tool = "node-pg-migrate"

    def find(self, root: Path) -> Path | None:
        """Return the folder with files named as the tool's are."""
        for folder in first_folder(root, ("migrations",)):
            names = [path.name for path in folder.iterdir()]
            if any(_CODE.fullmatch(name) or _NAME.fullmatch(name) for name in names):
                return folder
        return None

    def files(self, folder: Path) -> Files:
        """Read the files in SQL; programs cannot be."""
        named = [(p, m) for p in sorted(folder.glob("*.sql")) if (m := _NAME.fullmatch(p.name))]
        programs = sorted(p.name for p in folder.iterdir() if _CODE.fullmatch(p.name))
        problems = [Problem("not_sql", n, f"{n} is a program, not SQL") for n in programs]
        return Files(folder, tuple(_read(path, match) for path, match in named), tuple(problems))

    def ledger(self, session: Session) -> Ledger | None:
        """Read `pgmigrations`."""
        table = ledger_table(session, "pgmigrations", ["id", "name", "run_on"])
        if table is None:
            return None
        entries = {
            row["name"]: LedgerEntry(applied_at=in_utc(row["run_on"]))
            for row in table.rows(session, "node_pg_migrate")
        }
        return Ledger(table.identity, (table.identity,), entries)


def _read(path: Path, match: re.Match[str]) -> ForeignMigration:
    text = read_text(path)
    up, down = _UP.search(text), _DOWN.search(text)
    start = up.end() if up else 0
    end = down.start() if down and down.start() >= start else len(text)
    digits = match["version"]
    # 13 digits are milliseconds since 1970; 17 a time in UTC with milliseconds.
    stamp = stamp_of(digits[:14] if len(digits) > 14 else digits)  # noqa: PLR2004 (a time)
    way_back = text[down.end() :].strip() if down else None
    return ForeignMigration(
        path.stem, match["name"], path, text[start:end].strip(), way_back, stamp
    )
