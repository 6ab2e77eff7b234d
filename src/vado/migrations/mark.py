"""Correcting the ledger by hand: a migration is marked as applied or as pending, no SQL is run."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from vado.database import Session, load_queries
from vado.environments import Environment
from vado.errors import MarkRefused, NotFound
from vado.migrations.files import Migration, version_number
from vado.migrations.ledger import RunContext, ledger_digest, record_step, set_fingerprint_after
from vado.migrations.propose import read_standing
from vado.migrations.status import Entry, Standing
from vado.migrations.undo import file_of, kept_of
from vado.operations import Job
from vado.preview import Plan, PlannedMigration, make_record_plan

_QUERIES = load_queries("vado.migrations")
Mark = Literal["applied", "pending"]


@dataclass(frozen=True, slots=True)
class MarkWanted:
    """Which migration, and what the ledger is to say of it."""

    version: str
    mark: Mark


def preview_mark(environment: Environment, wanted: MarkWanted, job: Job) -> Plan:
    """Make the plan that says what the ledger will hold afterwards."""
    standing, rows = read_standing(environment)
    entry = _entry(standing, wanted.version)
    _refuse_senseless(entry, wanted.mark)
    migration = _marked(entry, wanted.mark)
    planned = PlannedMigration(
        version=migration.version,
        name=migration.name,
        direction="down" if migration.undoes else "up",
        checksum=_checksum(entry, wanted.mark),
        script=migration.script,
    )
    record = [_record(entry, wanted.mark)]
    return make_record_plan(environment, "mark", [planned], ledger_digest(rows), record, job)


def _entry(standing: Standing, version: str) -> Entry:
    number = version_number(version)
    for entry in standing.entries:
        if int(entry.version) == number:
            return entry
    raise NotFound(f"there is no migration {version}", hint="`vado status` lists the versions.")


def _refuse_senseless(entry: Entry, mark: Mark) -> None:
    state = entry.row.state if entry.row else "pending"
    if state == "baseline":
        raise _refused(entry, "is the baseline", "What came before Vado stays as it is.")
    if mark == "applied" and state == "applied":
        raise _refused(entry, "is applied already", "`vado status` tells what is pending.")
    if mark == "applied" and entry.migration is None:
        raise _refused(entry, "has no file", "Bring its file back first.")
    if mark == "pending" and state in {"pending", "undone"}:
        raise _refused(entry, "is pending already", "`vado status` tells what is applied.")


def _refused(entry: Entry, what: str, hint: str) -> MarkRefused:
    return MarkRefused(
        f"{entry.version}_{entry.name} {what}",
        hint=hint,
        details={"version": entry.version, "name": entry.name},
    )


def _marked(entry: Entry, mark: Mark) -> Migration:
    if mark == "applied" and entry.migration is not None:
        return entry.migration
    text = entry.row.sql_text if entry.row else ""
    return Migration(entry.version, entry.name, file_of(entry), text, "", None, undoes=True)


def _checksum(entry: Entry, mark: Mark) -> str:
    if mark == "pending" and entry.row is not None:
        return entry.row.checksum
    return entry.migration.checksum if entry.migration else ""


def _record(entry: Entry, mark: Mark) -> dict[str, Any]:
    return {
        "version": entry.version,
        "name": entry.name,
        "before": entry.row.state if entry.row else None,
        "after": "applied" if mark == "applied" else "undone",
        "checksum": _checksum(entry, mark),
        **_of_half_done(entry),
    }


def _of_half_done(entry: Entry) -> dict[str, Any]:
    """Say what is claimed by the mark, and what stays in the schema all the same."""
    row = entry.row
    if row is None or not entry.half_done or entry.half_undone:
        return {}
    rest = kept_of(entry, row).script.statements[row.statements_done :]
    invalid = row.remains.invalid if row.remains else ()
    return {"not_done": [s.text for s in rest], "left_behind": list(invalid)}


def marks_of_plan(plan: Plan, standing: Standing) -> list[Migration]:
    """Return what a plan marks; one that `undoes` becomes pending."""
    entries = {int(entry.version): entry for entry in standing.entries}
    return [
        _marked(entries[int(item["version"])], _mark_of(item["after"]))
        for item in plan.record
        if int(item["version"]) in entries
    ]


def _mark_of(state: str) -> Mark:
    return "applied" if state == "applied" else "pending"


def files_of_marks_changed(plan: Plan, standing: Standing) -> bool:
    """Say whether a file that is to be marked as applied is not the one that was shown."""
    now = {int(e.version): e.migration.checksum for e in standing.entries if e.migration}
    return any(
        now.get(int(item["version"])) != item["checksum"]
        for item in plan.record
        if item["after"] == "applied"
    )


def write_mark(session: Session, migration: Migration, run: RunContext) -> None:
    """Write down what was marked; a row that stands there gives way to the new one."""
    with session.transaction():
        if not migration.undoes:
            session.execute(_QUERIES["forget"], version=migration.version)
        session.perform(record_step(migration, replace(run, fingerprint=None)))
        session.execute(_QUERIES["marked"], version=migration.version)
        # Whoever marks says that the schema is as it should be.
        if run.fingerprint is not None:
            set_fingerprint_after(session, migration.version, run.fingerprint)
