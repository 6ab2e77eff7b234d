"""The way back: down sections as a plan, from what the ledger keeps of each migration."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vado.environments import Environment
from vado.errors import NotFound, UndoImpossible
from vado.migrations.files import Migration, migration_of, version_number
from vado.migrations.ledger import LedgerRow, ledger_digest
from vado.migrations.propose import read_standing
from vado.migrations.status import Entry, Standing
from vado.operations import Job
from vado.preview import Place, Plan, PlannedMigration, Proposal, make_plan


@dataclass(frozen=True, slots=True)
class UndoWanted:
    """How far back: everything above version *to*, or the last migration alone."""

    to: str | None = None
    place: Place | None = None


def preview_undo(environment: Environment, wanted: UndoWanted, job: Job) -> Plan:
    """Make the plan that takes the database back, newest migration first."""
    standing, rows = read_standing(environment)
    entries = _chosen(standing, wanted.to)
    if not entries:
        raise NotFound(
            f"nothing is applied above version {wanted.to}" if wanted.to else "nothing is applied",
            hint="`vado status` lists the versions.",
        )
    ways = ways_back(entries)
    for way in ways:
        way.require_sound()
    proposal = Proposal(planned_back(ways, rows), ledger_digest(rows), wanted.place, "undo")
    return make_plan(environment, proposal, job)


def _chosen(standing: Standing, to: str | None) -> list[Entry]:
    effective = [e for e in reversed(standing.entries) if e.row and e.row.state != "undone"]
    if to is None:
        return effective[:1]
    number = version_number(to)
    if number is None or number not in {0, *(int(e.version) for e in standing.entries)}:
        raise NotFound(f"there is no migration {to}", hint="`vado status` lists the versions.")
    return [entry for entry in effective if int(entry.version) > number]


def ways_back(entries: Iterable[Entry]) -> list[Migration]:
    """Return the way back of each; UndoImpossible names the first that has none."""
    return [_way_back(entry, entry.row) for entry in entries if entry.row is not None]


def _way_back(entry: Entry, row: LedgerRow) -> Migration:
    if row.state == "baseline":
        raise _impossible(
            entry, "is the baseline: it was there before", "Stop above it with --to VERSION."
        )
    if row.state == "partial" and row.undo_done is None:
        raise _impossible(
            entry, "is applied in part", "Go on with it first: `vado preview`, then `vado apply`."
        )
    # What was applied is what the ledger keeps, whatever has become of the file since.
    kept = migration_of(entry.version, entry.name, file_of(entry), row.sql_text)
    down, transaction = kept.down, kept.down_transaction
    if not (down and down.strip()):
        down, transaction = row.down_text, True
    if not (down and down.strip()):
        raise _impossible(
            entry,
            "has no down section",
            "Write a new migration that takes it back, or restore a backup.",
        )
    return Migration(
        entry.version,
        entry.name,
        kept.path,
        row.sql_text,
        down,
        None,
        transaction=transaction,
        undoes=True,
        lock_timeout_ms=kept.lock_timeout_ms,
    )


def file_of(entry: Entry) -> Path:
    """Return where its file is, or would be."""
    if entry.migration is not None:
        return entry.migration.path
    return Path(f"{entry.version}_{entry.name}.sql")


def _impossible(entry: Entry, what: str, hint: str) -> UndoImpossible:
    return UndoImpossible(
        f"{entry.version}_{entry.name} {what}, so it cannot be undone",
        hint=hint,
        details={"version": entry.version, "name": entry.name},
    )


def planned_back(
    ways: Sequence[Migration], rows: Sequence[LedgerRow]
) -> tuple[PlannedMigration, ...]:
    """Return the ways back as a preview takes them; half-done ones go on where they stopped."""
    known = {row.number: row for row in rows}
    return tuple(
        PlannedMigration(
            version=way.version,
            name=way.name,
            direction="down",
            checksum=known[way.number].checksum,
            script=way.script,
            transaction=way.transaction,
            statements_done=known[way.number].undo_done or 0,
        )
        for way in ways
    )


def ways_of_plan(plan: Plan, standing: Standing) -> list[Migration]:
    """Return the ways back that a plan is made of, in its order."""
    entries = {int(entry.version): entry for entry in standing.entries}
    return ways_back(
        entry for m in plan.migrations if (entry := entries.get(int(m["version"]))) is not None
    )
