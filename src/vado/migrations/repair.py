"""An applied migration whose file was edited: what differs, and the two ways out, kept apart.

To fix the record is to say that the file as it is now is what was applied; to restore the file is
to say that it should not have been edited. Neither changes the schema: for that a new migration is
written.
"""

import difflib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from vado.database import Session, load_queries
from vado.environments import Environment
from vado.errors import ChangedMeanwhile, NotFound, RepairRefused, StateUnavailable
from vado.migrations.files import CHECKSUM_ALGORITHM, Migration, read_folder, version_number
from vado.migrations.ledger import LedgerRow, read_ledger
from vado.migrations.lock import migration_session
from vado.migrations.propose import read_standing
from vado.migrations.status import Entry, compare
from vado.migrations.undo import file_of
from vado.operations import Job, TargetRecord

_QUERIES = load_queries("vado.migrations")
_RECORDED = frozenset({"applied", "baseline"})
# The file of a half-done one can be brought back; its record is what has been done.
_KEPT = _RECORDED | {"partial"}
_WAYS_OUT = "Restore its file, or look at the other ways out: `vado status`."
RepairAction = Literal["fix_record", "restore_file"]


@dataclass(frozen=True, slots=True)
class RepairRequest:
    """What to do, and the checksum of the file that was looked at (None: it is missing)."""

    version: str
    action: RepairAction
    checksum: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """File and ledger of one migration side by side; `diff` is empty when they agree.

    The record of a half-done one cannot be fixed, only its file restored.
    """

    version: str
    name: str
    file: str | None
    state: str
    file_checksum: str | None
    ledger_checksum: str
    diff: str
    half_done: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return {**asdict(self), "differs": self.file_checksum != self.ledger_checksum}


def difference(environment: Environment, version: str) -> Difference:
    """Return what differs between the file of a migration and what the ledger keeps of it."""
    standing, _ = read_standing(environment)
    entry, row = _entry(standing.entries, version)
    return _difference(entry, row)


def _entry(
    entries: tuple[Entry, ...], version: str, states: frozenset[str] = _KEPT
) -> tuple[Entry, LedgerRow]:
    number = version_number(version)
    for entry in entries:
        if int(entry.version) == number:
            if entry.row is None or entry.row.state not in states:
                half = entry.half_done
                raise RepairRefused(
                    f"{entry.version}_{entry.name} is {'half done' if half else 'not applied'}",
                    hint=_WAYS_OUT if half else "Its file may be edited freely.",
                    details={"version": entry.version, "state": entry.state},
                )
            return entry, entry.row
    raise NotFound(f"there is no migration {version}", hint="`vado status` lists the versions.")


def _difference(entry: Entry, row: LedgerRow) -> Difference:
    migration = entry.migration
    return Difference(
        version=entry.version,
        name=entry.name,
        file=migration.path.name if migration else None,
        state=entry.state,
        file_checksum=migration.checksum if migration else None,
        ledger_checksum=row.checksum,
        diff=_unified(row.sql_text, migration) if migration else "",
        half_done=entry.half_done,
    )


def _unified(recorded: str, migration: Migration) -> str:
    lines = difflib.unified_diff(
        _lines(recorded),
        _lines(migration.text),
        fromfile=f"ledger/{migration.path.name}",
        tofile=f"file/{migration.path.name}",
        lineterm="",
    )
    return "\n".join(lines)


def _lines(text: str) -> list[str]:
    # By what the checksum sees: other line ends are no difference.
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def repair_migration(environment: Environment, request: RepairRequest, job: Job) -> dict[str, Any]:
    """Do what was asked, if the file is still the one that was looked at."""
    job.step("repair", version=request.version)
    if request.action == "fix_record":
        return _fix_record(environment, request, job)
    standing, _ = read_standing(environment)
    entry, row = _entry(standing.entries, request.version)
    _refuse_changed(entry, request)
    path = environment.migrations_folder / file_of(entry).name
    return {**_told(entry, request), "kept": _restore(path, row.sql_text)}


def _told(entry: Entry, request: RepairRequest) -> dict[str, Any]:
    return {"version": entry.version, "name": entry.name, "action": request.action, "kept": None}


def _refuse_changed(entry: Entry, request: RepairRequest) -> None:
    now = entry.migration.checksum if entry.migration else None
    if now != request.checksum:
        raise ChangedMeanwhile(
            f"{file_of(entry).name} was changed since it was looked at",
            hint="Look at the difference once more.",
            details={"checksum": now},
        )


def _fix_record(environment: Environment, request: RepairRequest, job: Job) -> dict[str, Any]:
    with migration_session(environment, job) as session:
        standing = compare(read_folder(environment.migrations_folder), read_ledger(session))
        entry, _ = _entry(standing.entries, request.version, _RECORDED)
        _refuse_changed(entry, request)
        if entry.migration is None:
            raise RepairRefused(
                f"{entry.version}_{entry.name} has no file",
                hint="Restore it from the ledger, or bring it back from version control.",
                details={"version": entry.version, "state": entry.state},
            )
        entry.migration.require_sound()
        record = TargetRecord(session, job, "repair")
        with record.kept(environment=environment.name, subject=entry.version):
            _write_record(session, entry.migration)
    return _told(entry, request)


def _write_record(session: Session, migration: Migration) -> None:
    session.execute(
        _QUERIES["fix_record"],
        version=migration.version,
        name=migration.name,
        checksum=migration.checksum,
        algorithm=CHECKSUM_ALGORITHM,
        sql_text=migration.text,
        down_text=migration.down.strip() if migration.down else None,
    )


def _restore(path: Path, text: str) -> str | None:
    """Write the file back from the ledger; return the name under which the old text is kept."""
    with _writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = _keep(path) if path.exists() else None
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, suffix=".partial")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            mode = kept.stat().st_mode if kept else 0o644
            Path(temporary).chmod(mode)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    return kept.name if kept else None


def _keep(path: Path) -> Path:
    """Put a copy of the file beside it, under a name that nothing has yet."""
    text = path.read_bytes()
    for number in range(1, 1000):
        kept = path.with_name(f"{path.name}.edited" + (f".{number}" if number > 1 else ""))
        try:
            with kept.open("xb") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        except FileExistsError:
            continue
        kept.chmod(path.stat().st_mode)
        return kept
    raise StateUnavailable(f"too many edited copies of {path.name}", hint="Remove some.")


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StateUnavailable(
            f"cannot write {path}: {error.strerror}", hint="Check its permissions."
        ) from error
