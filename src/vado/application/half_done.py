"""A migration that stopped half-way: what is done of it by evidence, and the ways out."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from vado.database import Session
from vado.migrations import (
    Entry,
    LedgerRow,
    TakenBack,
    down_of,
    kept_of,
    left_behind,
    migration_of,
    told_back,
)

if TYPE_CHECKING:
    from vado.sql import Statement

_SHOWN = 500


def half_done(session: Session, entry: Entry) -> dict[str, Any] | None:
    """Return how far the migration is: each statement is done, failed, started or pending.

    Started is one whose end nobody saw and of which the catalogue shows no trace either.
    """
    row = entry.row
    if row is None or not entry.half_done:
        return None
    done = (row.undo_done or 0) if entry.half_undone else row.statements_done
    back = told_back(entry)
    steps = list(_steps(session, entry, row, done, back))
    return {
        **entry.reference,
        "direction": "down" if entry.half_undone else "up",
        "file": _file(entry, row),
        "way": row.undo["way"] if row.undo else None,
        "statements_done": done,
        "statements_total": len(steps),
        "steps": steps,
        "offers": list(_offers(entry, row, back)),
    }


def _file(entry: Entry, row: LedgerRow) -> str:
    if entry.migration is None:
        return "missing"
    if entry.migration.checksum == row.checksum:
        return "as_begun"
    return "edited" if entry.state == "edited" else "corrected"


def _steps(
    session: Session, entry: Entry, row: LedgerRow, done: int, back: Sequence[TakenBack]
) -> Iterator[dict[str, Any]]:
    known = row.next_step if row.next_step and row.next_step.statement else None
    first = row.statements_total if entry.half_undone else 0
    journalled = {step.number - first: step for step in row.steps}
    for number, statement in enumerate(_statements(entry, row)):
        state, error, left = "done" if number < done else "pending", None, []
        text = statement.text
        if number == done and known is not None:
            # The file may have another one there by now.
            text = known.statement
            state, error, left = known.state, known.error, left_behind(session, known)
        step = journalled.get(number) if number <= done else None
        evidence = "journal" if step else "ledger"
        if state == "done" and step is not None and step.state != "done":
            evidence = "catalogue"
        yield {
            "number": number + 1,
            "line": statement.line,
            "state": state,
            "evidence": "none" if state in {"pending", "started"} else evidence,
            "running_pid": _running(row) if state == "started" else None,
            "statement": text[:_SHOWN],
            "error": error,
            "left_behind": left,
            "way_back": back[number].way_back.to_json() if number < len(back) else None,
        }


def _running(row: LedgerRow) -> int | None:
    return row.remains.running_pid if row.remains else None


def _statements(entry: Entry, row: LedgerRow) -> "tuple[Statement, ...]":
    kept = kept_of(entry, row)
    if not entry.half_undone:
        # What is done stands in the ledger, what is to come in the file, where there is one.
        usable = entry.migration is not None and entry.state != "edited"
        script = entry.migration.script if entry.migration and usable else kept.script
        return script.statements
    sql = str(row.undo["sql"]) if row.undo else down_of(entry, row)[0]
    return migration_of(row.version, row.name, kept.path, sql).script.statements


def _offers(entry: Entry, row: LedgerRow, back: Sequence[TakenBack]) -> Iterator[dict[str, Any]]:
    version = entry.version
    running = _running(row)
    work = ("at_work", f"the server is still at work on it (process {running})")
    busy = work if running else None
    if entry.half_undone:
        yield _offer("resume", busy, "vado undo", "undo", {"version": version})
    else:
        yield _offer(
            "resume",
            busy or _not_resumed(entry),
            f"vado apply --to {version}",
            "dry-run",
            _up(entry),
        )
        yield _offer("undo", busy or _no_way(back), "vado undo", "undo", {"version": version})
        whole = {"version": version, "way": "down"}
        told = busy or _no_down(entry, row)
        yield _offer("undo_down", told, "vado undo --with-down", "undo", whole)
    for mark in ("applied", "pending"):
        command = f"vado mark {version} --as {mark}"
        told = busy or (_no_file(entry) if mark == "applied" else None)
        yield _offer(f"mark_{mark}", told, command, "mark", {"version": version, "as": mark})


_Why = tuple[str, str] | None


def _offer(action: str, why: _Why, command: str, call: str, body: dict[str, Any]) -> dict[str, Any]:
    code, message = why or (None, None)
    return {
        "action": action,
        "available": why is None,
        "code": code,
        "message": message,
        "command": command,
        "path": f"/api/migrations/{call}",
        "body": body,
    }


def _up(entry: Entry) -> dict[str, Any]:
    return {"to": entry.version}


def _no_file(entry: Entry) -> _Why:
    return None if entry.migration else ("file_missing", "its file is missing")


def _not_resumed(entry: Entry) -> _Why:
    if entry.state == "edited":
        return ("file_edited", "its file was edited in what is done already")
    return _no_file(entry)


def _no_way(back: Sequence[TakenBack]) -> _Why:
    for item in back:
        if not item.way_back.known:
            told = f"statement {item.number} cannot be taken back: {item.way_back.message}"
            return ("no_way_back", told)
    return None


def _no_down(entry: Entry, row: LedgerRow) -> _Why:
    has = bool(down_of(entry, row)[0].strip())
    return None if has else ("no_down", "it has no down section")
