"""Drizzle Kit: a journal names the files and their order; the ledger keeps a SHA-256 of each."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vado.database import Session
from vado.errors import MigrationFileInvalid
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
from vado.migrations.adopt.texts import stamp_at
from vado.migrations.files import read_text

_JOURNAL = "meta/_journal.json"
_OUT = re.compile(r"\bout\s*:\s*[\"']([^\"']+)")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the journal; `when` in milliseconds since 1970 is what the ledger calls it."""

    tag: str
    when: int
    stamp: int


class Drizzle(Reader):
    """Reads projects of Drizzle Kit."""

    tool = "drizzle"

    def find(self, root: Path) -> Path | None:
        """Return the folder with the journal."""
        for folder in first_folder(root, (*_outs(root), "drizzle", "migrations")):
            if (folder / _JOURNAL).is_file():
                return folder
        return None

    def files(self, folder: Path) -> Files:
        """Read the files in the order of the journal."""
        migrations, problems = [], []
        for entry in _journal(folder / _JOURNAL):
            path = folder / f"{entry.tag}.sql"
            if path.is_file():
                migrations.append(_read(path, entry))
            else:
                problems.append(Problem("missing_file", path.name, f"{path.name} is missing"))
        return Files(folder, tuple(migrations), tuple(problems))

    def ledger(self, session: Session) -> Ledger | None:
        """Read `drizzle.__drizzle_migrations`, whose `created_at` is the journal's time."""
        table = ledger_table(session, "__drizzle_migrations", ["id", "hash", "created_at"])
        if table is None:
            return None
        rows = table.rows(session, "drizzle")
        entries = {str(row["created_at"]): LedgerEntry(row["hash"]) for row in rows}
        return Ledger(table.identity, table.belongings, entries)


def _outs(root: Path) -> list[str]:
    configs = sorted(root.glob("drizzle.config.*"))
    return [out for path in configs for out in _OUT.findall(read_text(path))]


def _journal(path: Path) -> list[_Entry]:
    try:
        entries = sorted(json.loads(read_text(path))["entries"], key=lambda e: int(e["idx"]))
        return [_Entry(str(e["tag"]), int(e["when"]), _made_at(int(e["when"]))) for e in entries]
    except (ValueError, KeyError, TypeError, OverflowError, OSError) as error:
        raise MigrationFileInvalid(
            f"{path} is not a journal of Drizzle Kit", hint="Bring the file back."
        ) from error


def _made_at(when_ms: int) -> int:
    return stamp_at(datetime.fromtimestamp(when_ms / 1000, UTC))


def _read(path: Path, entry: _Entry) -> ForeignMigration:
    text = read_text(path)
    return ForeignMigration(
        str(entry.when),
        re.sub(r"^[0-9]+_", "", entry.tag),
        path,
        text,
        stamp=entry.stamp,
        checksum=hashlib.sha256(text.encode()).hexdigest(),
    )
