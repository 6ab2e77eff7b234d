"""dbmate: `VERSION_name.sql` with the markers that Vado has from it; no checksums."""

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
from vado.migrations.files import read_folder, read_text

_MARKER = re.compile(r"(?m)^--\s*migrate:up\b")


class Dbmate(Reader):
    """Reads projects of dbmate."""

    tool = "dbmate"
    native = True
    only_in_place = True

    def find(self, root: Path) -> Path | None:
        """Return the folder whose files have dbmate's markers."""
        for folder in first_folder(root, ("db/migrations", "migrations")):
            if any(_MARKER.search(read_text(path)) for path in folder.glob("[0-9]*.sql")):
                return folder
        return None

    def files(self, folder: Path) -> Files:
        """Read the folder as Vado does."""
        return Files(folder, tuple(natively(folder)))

    def ledger(self, session: Session) -> Ledger | None:
        """Read `schema_migrations`, which has nothing but versions."""
        table = ledger_table(session, "schema_migrations", ["version"], exact=True)
        if table is None:
            return None
        found = {row["version"]: LedgerEntry() for row in table.rows(session, "versions")}
        return Ledger(table.identity, (table.identity,), found)


def natively(folder: Path) -> list[ForeignMigration]:
    """Return the migrations of a folder that Vado reads where it lies."""
    return [
        ForeignMigration(m.version, m.name, m.path, m.up, m.down, stamp_of(m.version))
        for m in read_folder(folder)
    ]
