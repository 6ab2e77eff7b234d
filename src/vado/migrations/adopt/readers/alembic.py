"""Alembic: the text of `alembic upgrade head --sql`, since revisions are programs; no checksums."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
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
from vado.migrations.adopt.texts import without_statements
from vado.migrations.files import read_text

_STEP = re.compile(r"(?m)^-- Running (?P<way>upgrade|downgrade) (?P<old>.*?) *-> *(?P<new>.*)$")
_OWN = re.compile(
    r"(?:insert\s+into|update|delete\s+from|create\s+table|drop\s+table)\s+"
    r"(?:\S+\.)?\"?alembic_version\b",
    re.IGNORECASE,
)
_REVISION = re.compile(r"(?m)^revision(?:\s*:\s*str)?\s*=\s*[\"']([^\"']+)[\"']")


@dataclass(frozen=True, slots=True)
class _Step:
    """One revision as SQL, in one direction."""

    revision: str
    parents: tuple[str, ...]
    path: Path
    text: str


class Alembic(Reader):
    """Reads what Alembic has printed as SQL."""

    tool = "alembic"

    def find(self, root: Path) -> Path | None:
        """Return the folder with a text that `alembic upgrade --sql` has written."""
        for folder in first_folder(root, ("migrations", "alembic")):
            if any(_steps(folder, "upgrade")):
                return folder
        return None

    def files(self, folder: Path) -> Files:
        """Cut the text into its revisions; `downgrade --sql` beside it gives the way back."""
        names = _names(folder)
        downs = {step.revision: step.text for step in _steps(folder, "downgrade")}
        found = [
            ForeignMigration(
                step.revision,
                names.get(step.revision, step.revision),
                step.path,
                step.text,
                downs.get(step.revision),
            )
            for step in _steps(folder, "upgrade")
        ]
        printed = {m.key for m in found}
        problems = [
            Problem("missing_file", key, f"revision {key} is not in the text; print it again")
            for key in names
            if key not in printed
        ]
        return Files(folder, tuple(found), tuple(problems))

    def ledger(self, session: Session) -> Ledger | None:
        """Read `alembic_version`, which holds the newest revisions only."""
        table = ledger_table(session, "alembic_version", ["version_num"], exact=True)
        if table is None:
            return None
        entries = {row["version_num"]: LedgerEntry() for row in table.rows(session, "alembic")}
        return Ledger(table.identity, (table.identity,), entries)

    def applied(self, files: Files, ledger: Ledger) -> dict[str, LedgerEntry]:
        """Count what the newest revisions stand on as applied, too."""
        parents = {step.revision: step.parents for step in _steps(files.folder, "upgrade")}
        found: dict[str, LedgerEntry] = {}
        waiting = list(ledger.entries)
        while waiting:
            key = waiting.pop()
            if key not in found:
                found[key] = LedgerEntry()
                waiting.extend(parents.get(key, ()))
        return found


def _steps(folder: Path, way: str) -> Iterator[_Step]:
    for path in sorted(folder.glob("*.sql")):
        text = read_text(path)
        marks = list(_STEP.finditer(text))
        for mark, after in zip_longest(marks, marks[1:]):
            if mark["way"] != way:
                continue
            end = after.start() if after else len(text)
            old, new = (tuple(part.replace(",", " ").split()) for part in mark.group("old", "new"))
            revision = (new if way == "upgrade" else old)[0]
            body = without_statements(text[mark.end() : end], _OWN.match)
            yield _Step(revision, old if way == "upgrade" else new, path, body)


def _names(folder: Path) -> dict[str, str]:
    """Return what the files of the revisions are called, where they lie beside the text."""
    found = {}
    for path in sorted(folder.glob("**/versions/*.py")):
        match = _REVISION.search(read_text(path))
        if match:
            found[match[1]] = path.stem.removeprefix(match[1]).strip("_") or match[1]
    return found
