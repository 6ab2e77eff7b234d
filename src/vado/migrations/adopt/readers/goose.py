"""goose: `NUMBER_name.sql` with its own markers; the last row of a version counts; no checksums."""

import re
from pathlib import Path

from vado.database import Session
from vado.migrations.adopt.interface import (
    Files,
    Ledger,
    LedgerEntry,
    Problem,
    Reader,
    first_folder,
)
from vado.migrations.adopt.readers.dbmate import natively
from vado.migrations.adopt.tables import in_utc, ledger_table
from vado.migrations.files import read_text

_MARKER = re.compile(r"(?mi)^--\s*\+goose\s+up\b")
_VARIABLES = re.compile(r"(?mi)^--\s*\+goose\s+envsub\s+on\b")
_CODE = re.compile(r"\d+_.+\.go")


class Goose(Reader):
    """Reads projects of goose."""

    tool = "goose"
    native = True
    only_in_place = True

    def find(self, root: Path) -> Path | None:
        """Return the folder whose files have goose's markers."""
        for folder in first_folder(root, ("migrations", "db/migrations", "sql/migrations")):
            if any(_MARKER.search(read_text(path)) for path in folder.glob("[0-9]*.sql")):
                return folder
        return None

    def files(self, folder: Path) -> Files:
        """Read the folder as Vado does; migrations in Go cannot be."""
        found = natively(folder)
        problems = [
            Problem("not_sql", path.name, f"{path.name} is a program in Go, not SQL")
            for path in sorted(folder.glob("*.go"))
            if _CODE.fullmatch(path.name) and not path.stem.endswith("_test")
        ]
        problems.extend(
            Problem("placeholder", m.source.name, f"{m.source.name} takes variables (ENVSUB)")
            for m in found
            if _VARIABLES.search(m.up)
        )
        return Files(folder, tuple(found), tuple(problems))

    def ledger(self, session: Session) -> Ledger | None:
        """Read `goose_db_version`."""
        table = ledger_table(session, "goose_db_version", ["version_id", "is_applied", "tstamp"])
        if table is None:
            return None
        rows = {row["version_id"]: row for row in table.rows(session, "goose") if row["is_applied"]}
        entries = {
            str(number): LedgerEntry(applied_at=in_utc(row["tstamp"]))
            for number, row in rows.items()
        }
        return Ledger(table.identity, (table.identity,), entries)

    def applied(self, files: Files, ledger: Ledger) -> dict[str, LedgerEntry]:
        """Match numbers with the file names, which have zeros in front."""
        spelled = {str(int(m.key)): m.key for m in files.migrations}
        return {spelled.get(key, key): entry for key, entry in ledger.entries.items()}
