"""The ledger: the table in the target that says what was applied to it."""

import hashlib
import json
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from vado import __version__
from vado.database import (
    Inquiry,
    Question,
    Session,
    Step,
    ask,
    ledger_asked,
    load_queries,
)
from vado.migrations.evidence import JournalStep, carried_out
from vado.migrations.files import CHECKSUM_ALGORITHM, Migration
from vado.operations import os_user

if TYPE_CHECKING:
    from vado.migrations.traces import Remains

_QUERIES = load_queries("vado.migrations")

LedgerState = Literal["applied", "partial", "baseline", "undone"]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row of the ledger.

    `undo_done` counts the statements of its way back that are done; None where no undo that runs
    outside a transaction was begun. `undo` is that way back (way, sql, transaction) where it is not
    the whole *down* section of an applied one. `remains` is there for a half-done one.
    """

    version: str
    name: str
    checksum: str
    state: LedgerState
    sql_text: str
    statements_total: int
    statements_done: int
    started_at: datetime
    finished_at: datetime | None
    duration_ms: int | None
    db_user: str
    os_user: str
    backup_id: str | None
    operation_id: str
    fingerprint_after: str | None
    down_text: str | None = None
    undo_done: int | None = None
    fingerprint_before: str | None = None
    undo: Mapping[str, Any] | None = None
    steps: tuple[JournalStep, ...] = ()
    remains: "Remains | None" = None

    @property
    def undoing(self) -> bool:
        """Whether its undo has begun and not ended."""
        return self.state == "partial" and self.undo_done is not None

    @property
    def next_step(self) -> JournalStep | None:
        """The journal of the first statement that is not known to be done, if it was begun."""
        reached = self.statements_done
        if self.undoing:
            reached = self.statements_total + (self.undo_done or 0)
        return next((s for s in self.steps if s.number == reached and s.state != "done"), None)

    @property
    def number(self) -> int:
        """The version as a number."""
        return int(self.version)

    @property
    def standing(self) -> bool:
        """Whether its effects are in the database."""
        return self.state in {"applied", "baseline"}


@dataclass(frozen=True, slots=True)
class RunContext:
    """What every row written by one apply has in common."""

    operation_id: str
    plan_digest: str
    backup_id: str | None
    fingerprint: str | None


def read_ledger(session: Session) -> tuple[LedgerRow, ...]:
    """Return the ledger in the order of versions; empty where Vado was never used."""
    return with_evidence(session, ask(session, rows_asked()))


def rows_asked() -> Inquiry[tuple[LedgerRow, ...]]:
    """Find out what stands in the ledger, without what the catalogue tells of half-done ones."""
    if not (yield from ledger_asked()):
        return ()
    answers = yield Question(_QUERIES["rows"]), Question(_QUERIES["journal"])
    rows = tuple(LedgerRow(**row) for row in next(answers).rows())
    steps = [JournalStep(**step) for step in next(answers).rows()]
    return tuple(replace(row, steps=_steps_of(row, steps)) for row in rows)


def _steps_of(row: LedgerRow, steps: Sequence[JournalStep]) -> tuple[JournalStep, ...]:
    return tuple(step for step in steps if step.version == row.version)


def with_evidence(session: Session, rows: Sequence[LedgerRow]) -> tuple[LedgerRow, ...]:
    """Add to half-done rows what the catalogue tells of the statement that was reached."""
    return tuple(_by_evidence(session, row) if row.state == "partial" else row for row in rows)


def _by_evidence(session: Session, row: LedgerRow) -> LedgerRow:
    step = row.next_step
    row = replace(row, remains=_remains(session, row, step))
    if step is None or not carried_out(session, step):
        return row
    if row.undoing:
        return replace(row, undo_done=(row.undo_done or 0) + 1)
    return replace(row, statements_done=row.statements_done + 1)


def _remains(session: Session, row: LedgerRow, step: JournalStep | None) -> "Remains":
    # Loaded here: names are spelled by the parser, which takes longer to load than a status.
    from vado.migrations.traces import read_remains  # noqa: PLC0415

    return read_remains(session, row.steps, step.number if step else -1)


def ledger_digest(rows: Sequence[LedgerRow]) -> str:
    """Return a hash of what was applied; a plan is valid only for it."""
    text = json.dumps([_told(row) for row in rows])
    return hashlib.sha256(text.encode()).hexdigest()


def _told(row: LedgerRow) -> list[Any]:
    told = [row.number, row.checksum, row.state, row.statements_done]
    return [*told, row.undo_done, row.undo] if row.undoing else told


def record_step(migration: Migration, run: RunContext, *, known: bool = True) -> Step:
    """Return the statement that writes *migration* down, for the transaction that applies it.

    *known* says that the ledger may have a row of it.
    """
    query = "undo" if migration.undoes else "record" if known else "record_new"
    return Step(_QUERIES[query], _values(migration, run))


def begin_partial(session: Session, migration: Migration, run: RunContext, done: int) -> None:
    """Write down that *migration* has begun, before its first statement outside a transaction.

    What the journal has behind the *done* ones belongs to an earlier try, maybe of another text.
    """
    if migration.undoes:
        session.execute(_QUERIES["begin_undo"], **_values(migration, run))
        return
    with session.transaction():
        session.execute(_QUERIES["forget_rest"], version=migration.version, done=done)
        session.execute(_QUERIES["begin_partial"], **_values(migration, run))


def advance_step(migration: Migration, done: int) -> Step:
    """Return the statement that says how many statements of a migration are done."""
    query = "advance_undo" if migration.undoes else "advance_partial"
    return Step(_QUERIES[query], {"version": migration.version, "done": done})


def finish_partial(session: Session, migration: Migration) -> None:
    """Write down that every statement of *migration* is done."""
    query = "finish_undo" if migration.undoes else "finish_partial"
    session.execute(_QUERIES[query], version=migration.version)


def begin_step(
    session: Session, migration: Migration, number: int, statement: str, found: object
) -> None:
    """Journal a statement that runs outside a transaction, before it is sent.

    *found* is what will tell afterwards whether it was carried out.
    """
    session.execute(
        _QUERIES["begin_undo_step" if migration.undoes else "begin_step"],
        version=migration.version,
        number=number,
        statement=statement,
        found=None if found is None else json.dumps(found),
    )


def open_step(session: Session, migration: Migration, number: int) -> JournalStep | None:
    """Return what the journal says of a statement that was begun before and not seen to end."""
    journal = (JournalStep(**step) for step in session.rows(_QUERIES["journal"]))
    first = _first_number(session, migration)
    wanted = (migration.number, first + number)
    return next(
        (s for s in journal if (int(s.version), s.number) == wanted and s.state != "done"), None
    )


def settle_steps(session: Session, migration: Migration, done: int) -> None:
    """Journal as done what the catalogue showed to be done."""
    first = _first_number(session, migration)
    session.execute(
        _QUERIES["settle_steps"], version=migration.version, first=first, done=first + done
    )


def _first_number(session: Session, migration: Migration) -> int:
    """Return where its journal begins: statements of *down* stand behind those of *up*."""
    if not migration.undoes:
        return 0
    total: int = session.value(_QUERIES["statements_total"], version=migration.version)
    return total


def end_step(session: Session, migration: Migration, number: int, error: str | None = None) -> None:
    """Journal how a statement outside a transaction ended."""
    session.execute(
        _QUERIES["end_undo_step" if migration.undoes else "end_step"],
        version=migration.version,
        number=number,
        state="failed" if error else "done",
        error=error,
    )


def set_fingerprint_after(session: Session, version: str, fingerprint: str) -> None:
    """Keep the schema's fingerprint at the end of a run."""
    session.execute(_QUERIES["set_fingerprint_after"], version=version, fingerprint=fingerprint)


def _values(migration: Migration, run: RunContext) -> dict[str, Any]:
    return {
        "version": migration.version,
        "name": migration.name,
        "checksum": migration.checksum,
        "algorithm": CHECKSUM_ALGORITHM,
        "sql_text": migration.text,
        "down_text": migration.down.strip() if migration.down else None,
        "undo": _way(migration),
        "total": len(migration.script.statements),
        "os_user": os_user(),
        "host": socket.gethostname(),
        "tool_version": __version__,
        "fingerprint_before": run.fingerprint,
        "backup_id": run.backup_id,
        "operation_id": run.operation_id,
        "plan_digest": run.plan_digest,
    }


def _way(migration: Migration) -> str | None:
    """Return what to go on with, should the undo of a half-done migration be cut short."""
    if migration.way is None:
        return None
    sql = migration.up
    return json.dumps({"way": migration.way, "sql": sql, "transaction": migration.transaction})
