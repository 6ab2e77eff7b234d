"""Which tool has made this database: its files here and its ledger there have to agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vado.database import Session
from vado.errors import MigrationFileInvalid, NotFound, UsageError
from vado.migrations.adopt.interface import Entries, Files, Ledger, LedgerEntry, Problem, Reader
from vado.migrations.adopt.readers import READERS

TOOLS: tuple[str, ...] = tuple(sorted(reader.tool for reader in READERS))


@dataclass(frozen=True, slots=True)
class ForeignProject:
    """A project of another tool, and what its ledger says of this database."""

    reader: Reader
    files: Files
    ledger: Ledger | None
    applied: Entries

    @property
    def tool(self) -> str:
        """The tool's name."""
        return self.reader.tool

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that stands in the way, files and ledger compared."""
        said = self.ledger.problems if self.ledger else ()
        return (*self.files.problems, *said, *self._missing(), *self._edited())

    def _missing(self) -> list[Problem]:
        known = {m.key for m in self.files.migrations}
        return [
            Problem("missing_file", key, f"{_called(key, entry)} was applied, and has no file here")
            for key, entry in self.applied.items()
            if key not in known
        ]

    def _edited(self) -> list[Problem]:
        found = []
        for migration in self.files.migrations:
            entry = self.applied.get(migration.key)
            sums = (migration.checksum, entry.checksum if entry else None)
            if None not in sums and sums[0] != sums[1]:
                name = migration.source.name
                message = f"{name} was edited after {self.tool} applied it"
                found.append(Problem("edited", name, message, acceptable=True))
        return found


def _called(key: str, entry: LedgerEntry) -> str:
    return str(entry.kept.get("change") or entry.kept.get("script") or key)


def detect(session: Session, root: Path, tool: str | None) -> ForeignProject:
    """Return the project at *root* whose ledger the database has; *tool* leaves no choice.

    Raises NotFound when there is none, UsageError when there are several.
    """
    readers = [reader for reader in READERS if tool in {None, reader.tool}]
    if not readers:
        raise UsageError(f"there is no tool {tool!r} to adopt", hint=f"Known: {', '.join(TOOLS)}.")
    found = [(reader, folder) for reader in readers if (folder := _found(reader, root))]
    if not found:
        what = tool or "a tool that Vado knows"
        raise NotFound(
            f"there is no project of {what} in {root}",
            hint="Name its folder with --from FOLDER, and the tool with --tool.",
        )
    ledgers = {reader.tool: reader.ledger(session) for reader, _ in found}
    if tool is None:
        found = _with_ledger(session, found, ledgers)
    reader, folder = found[0]
    files, ledger = reader.files(folder), ledgers[reader.tool]
    return ForeignProject(reader, files, ledger, reader.applied(files, ledger) if ledger else {})


def _found(reader: Reader, root: Path) -> Path | None:
    try:
        return reader.find(root)
    except MigrationFileInvalid:
        return None  # a file that cannot be read lies where this tool would have its own


def _with_ledger(
    session: Session, found: Sequence[tuple[Reader, Path]], ledgers: dict[str, Ledger | None]
) -> list[tuple[Reader, Path]]:
    known = [(reader, folder) for reader, folder in found if ledgers[reader.tool]]
    names = ", ".join(reader.tool for reader, _ in known or found)
    if not known:
        raise NotFound(
            f"{session.target.dbname} has no ledger of {names}",
            hint="If nothing was applied to it yet, name the tool with --tool.",
        )
    if len(known) > 1:
        raise UsageError(
            f"this could be a project of {names}", hint="Say which with --tool.", details={}
        )
    return known
