"""The way back: down sections as a plan, from what the ledger keeps of each migration.

What a half-done migration did is taken back statement by statement, or by its down section when
that is asked for. Once begun, its undo goes on with what it began with.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from vado.environments import Environment
from vado.errors import NotFound, UndoImpossible
from vado.migrations.files import Migration, migration_of, version_number
from vado.migrations.ledger import LedgerRow, ledger_digest
from vado.migrations.propose import catch_up, read_standing
from vado.migrations.status import Entry, Standing
from vado.migrations.way_back import TakenBack, statements_back, taken_back
from vado.operations import Job
from vado.preview import Plan, PlannedMigration, WantedPlace

Way = Literal["done", "down"]


@dataclass(frozen=True, slots=True)
class UndoWanted:
    """How far back: everything above *to*, the half-done *version*, or what was begun last.

    A half-done one is undone statement by statement (`done`), or by its whole *down* section.
    """

    to: str | None = None
    place: WantedPlace | None = None
    version: str | None = None
    way: Way = "done"


def preview_undo(environment: Environment, wanted: UndoWanted, job: Job) -> Plan:
    """Make the plan that takes the database back, newest migration first."""
    # Loaded here: a plan that is applied needs nothing that rehearses.
    from vado.preview import Proposal, make_plan  # noqa: PLC0415

    standing, rows = read_standing(environment)
    entries = _chosen(standing, wanted)
    if not entries:
        raise NotFound(
            f"nothing is applied above version {wanted.to}" if wanted.to else "nothing is applied",
            hint="`vado status` lists the versions.",
        )
    ways = ways_back(entries, wanted.way)
    for way in ways:
        way.require_sound()
    proposal = Proposal(planned_back(ways, rows), ledger_digest(rows), wanted.place, "undo")
    told = [item.to_json(entry.version) for entry in entries for item in told_back(entry)]
    return replace(make_plan(environment, proposal, job), taken_back=tuple(told))


def _chosen(standing: Standing, wanted: UndoWanted) -> list[Entry]:
    effective = [e for e in reversed(standing.entries) if e.row and e.row.state != "undone"]
    if wanted.version is not None:
        return [_half_done(standing, wanted.version)]
    to = wanted.to
    if to is None:
        # What was begun last comes first; an undo that was begun holds up everything else.
        half = sorted((e for e in effective if e.half_done), key=lambda e: not e.half_undone)
        return (half or effective)[:1]
    number = version_number(to)
    if number is None or number not in {0, *(int(e.version) for e in standing.entries)}:
        raise NotFound(f"there is no migration {to}", hint="`vado status` lists the versions.")
    return [entry for entry in effective if int(entry.version) > number]


def _half_done(standing: Standing, version: str) -> Entry:
    number = version_number(version)
    entry = next((e for e in standing.entries if int(e.version) == number), None)
    if entry is None:
        raise NotFound(f"there is no migration {version}", hint="`vado status` lists the versions.")
    if not entry.half_done:
        raise _impossible(
            entry, "is not half done", "Undo down to the version before it with --to VERSION."
        )
    return entry


def ways_back(entries: Iterable[Entry], way: Way = "done") -> list[Migration]:
    """Return the way back of each; UndoImpossible names the first that has none.

    *way* is for a half-done one whose undo has not begun.
    """
    return [_way_back(entry, entry.row, way) for entry in entries if entry.row is not None]


def _way_back(entry: Entry, row: LedgerRow, way: Way) -> Migration:
    if row.state == "baseline":
        raise _impossible(
            entry, "is the baseline: it was there before", "Stop above it with --to VERSION."
        )
    if row.undo is not None:
        return replace(
            _back(entry, row, str(row.undo["sql"])),
            transaction=bool(row.undo["transaction"]),
            way="down" if row.undo["way"] == "down" else "done",
        )
    half = row.state == "partial" and row.undo_done is None
    if half and way == "done":
        return _done_back(entry, row)
    down, transaction = down_of(entry, row)
    if not down.strip():
        raise _impossible(
            entry,
            "has no down section",
            _without_down(entry),
        )
    back = replace(_back(entry, row, down), transaction=transaction)
    return replace(back, way="down") if half else back


def _without_down(entry: Entry) -> str:
    if entry.state == "edited" and entry.migration and (entry.migration.down or "").strip():
        return f"Its file was given one since: look at `vado repair {entry.version}` first."
    return "Write a new migration that takes it back, or restore a backup."


def kept_of(entry: Entry, row: LedgerRow) -> Migration:
    """Return the migration as the ledger keeps it, whatever has become of the file since."""
    return migration_of(entry.version, entry.name, file_of(entry), row.sql_text)


def down_of(entry: Entry, row: LedgerRow) -> tuple[str, bool]:
    """Return the *down* section that was applied, "" for none, and whether in a transaction."""
    kept = kept_of(entry, row)
    if kept.down and kept.down.strip():
        return kept.down, kept.down_transaction
    return row.down_text or "", True


def told_back(entry: Entry) -> tuple[TakenBack, ...]:
    """Return how each statement of a half-done migration is taken back; () once that has begun."""
    row = entry.row
    if row is None or row.state != "partial" or row.undo_done is not None:
        return ()
    return taken_back(row, kept_of(entry, row))


def _done_back(entry: Entry, row: LedgerRow) -> Migration:
    """Take back what is done, last statement first."""
    found = told_back(entry)
    if not all(item.way_back.known for item in found):
        raise _no_way_back(entry, row, found)
    lines = list(statements_back(found))
    sql = "".join(f"{statement};\n" for statement, _ in lines)
    back = _back(entry, row, sql)
    return replace(back, way="done", places=tuple(place for _, place in lines))


def _back(entry: Entry, row: LedgerRow, sql: str) -> Migration:
    kept = kept_of(entry, row)
    return Migration(
        entry.version,
        entry.name,
        kept.path,
        row.sql_text,
        sql,
        None,
        undoes=True,
        lock_timeout_ms=kept.lock_timeout_ms,
    )


def _no_way_back(entry: Entry, row: LedgerRow, found: Sequence[TakenBack]) -> UndoImpossible:
    unknown = [item for item in found if not item.way_back.known]
    has_down = bool(down_of(entry, row)[0].strip())
    first = unknown[0]
    hint = (
        "Choose the down section as a whole with `vado undo --with-down`, or go on with it."
        if has_down
        else "Go on with it, or restore a backup; `vado status` shows each statement."
    )
    return UndoImpossible(
        f"statement {first.number} of {entry.version}_{entry.name} cannot be taken back: "
        f"{first.way_back.message}",
        hint=hint,
        details={
            **entry.reference,
            "down": has_down,
            "statements": [
                {
                    "number": item.number,
                    "line": item.line,
                    "statement": item.statement,
                    "reason": item.way_back.reason,
                    "message": item.way_back.message,
                }
                for item in unknown
            ],
        },
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
            way=way.way,
            places=way.places,
            catch_up=catch_up(known[way.number]) if known[way.number].undoing else (),
            fingerprint_before=known[way.number].fingerprint_before if way.way else None,
        )
        for way in ways
    )


def ways_of_plan(plan: Plan, standing: Standing) -> list[Migration]:
    """Return the ways back that a plan is made of, in its order."""
    entries = {int(entry.version): entry for entry in standing.entries}
    return [
        way
        for m in plan.migrations
        if (entry := entries.get(int(m["version"]))) is not None
        for way in ways_back([entry], m.get("way") or "done")
    ]


def ways_changed(plan: Plan, standing: Standing) -> bool:
    """Say whether what would take a half-done migration back is not what was shown."""
    ways = {way.number: way for way in ways_of_plan(plan, standing)}
    for m in plan.migrations:
        if m.get("way") is None:
            continue
        shown = [s.sql for s in plan.statements if s.version == m["version"]]
        way = ways.get(int(m["version"]))
        if way is None or [s.text for s in way.script.statements] != shown:
            return True
    return False
