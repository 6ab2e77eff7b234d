"""A migration that stopped half-way: what is done of it, statement by statement, by evidence."""

from collections.abc import Iterator
from typing import Any

from vado.database import Session
from vado.migrations import Entry, LedgerRow, left_behind, migration_of

_SHOWN = 500


def half_done(session: Session, entry: Entry) -> dict[str, Any] | None:
    """Return how far the migration is: each statement is done, failed, started or pending.

    Started is one whose end nobody saw and of which the catalogue shows no trace either.
    """
    row = entry.row
    if row is None or entry.migration is None:
        return None
    down = entry.half_undone
    done = (row.undo_done or 0) if down else row.statements_done
    steps = list(_steps(session, entry, row, done))
    return {
        **entry.reference,
        "direction": "down" if down else "up",
        "statements_done": done,
        "statements_total": len(steps),
        "steps": steps,
    }


def _steps(session: Session, entry: Entry, row: LedgerRow, done: int) -> Iterator[dict[str, Any]]:
    known = row.next_step
    for number, statement in enumerate(_statements(entry, row)):
        state, error, left = "done" if number < done else "pending", None, []
        if number == done and known is not None and known.statement:
            state, error, left = known.state, known.error, left_behind(session, known)
        yield {
            "number": number + 1,
            "state": state,
            "statement": statement[:_SHOWN],
            "error": error,
            "left_behind": left,
        }


def _statements(entry: Entry, row: LedgerRow) -> list[str]:
    assert entry.migration is not None  # noqa: S101 (asked by the caller)
    script = entry.migration.script
    if entry.half_undone:
        # What is undone is what the ledger keeps, whatever has become of the file.
        kept = migration_of(row.version, row.name, entry.migration.path, row.sql_text)
        way_back = migration_of(row.version, row.name, kept.path, kept.down or row.down_text or "")
        script = way_back.script
    return [statement.text for statement in script.statements]
