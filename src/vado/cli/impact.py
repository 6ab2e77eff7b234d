"""What a plan would do to the rows that are there, and to those who work with them meanwhile."""

from collections.abc import Iterator, Mapping
from typing import Any

from vado.cli.call import Call
from vado.cli.screen import bad, dim, warn

Document = Mapping[str, Any]
_MOST_LOCKS = 20
_DONE = ("rewrites", "scans", "builds")


def show_losses(call: Call, plan: Document) -> None:
    """Show what is destroyed."""
    if not plan["losses"]:
        return
    call.out.blank()
    call.out.line(bad(call.words("plan.losses")))
    for loss in plan["losses"]:
        call.out.line(bad("✗ "), _loss(call, loss), indent=2)


def _loss(call: Call, loss: Document) -> str:
    words = call.words
    if loss["rows"] is None:
        return words(f"loss.{loss['kind']}.unknown", identity=loss["identity"])
    text = words(f"loss.{loss['kind']}", count=loss["rows"], identity=loss["identity"])
    return text if loss["exact"] else f"{text} {words('loss.estimate')}"


def show_violations(call: Call, plan: Document) -> None:
    """Show the rows that a change would fail on, or alter in silence."""
    if not plan["violations"]:
        return
    call.out.heading(call.words("plan.violations"))
    for found in plan["violations"]:
        call.out.line(bad("✗ "), _violation(call, found), indent=2)
        for sample in found["samples"]:
            text = sample.get("error") or ", ".join(f"{k} = {_value(v)}" for k, v in sample.items())
            call.out.paragraph(text, indent=4, style="dim")


def _violation(call: Call, found: Document) -> str:
    known = {"identity": found["identity"], "table": found["table"]}
    return call.words(f"violation.{found['kind']}", count=found["rows"] or 0, **known)


def _value(value: str | None) -> str:
    return "NULL" if value is None else value


def show_locks(call: Call, plan: Document) -> None:
    """Show who would have to wait, as it was seen on the copy."""
    found = [*_waits(plan)]
    if not found:
        return
    call.out.heading(call.words("plan.locks"))
    rows = [
        (f"{s['version']}:{s['line']}", lock["identity"], call.words(f"blocks.{lock['blocks']}"))
        for s, lock in found[:_MOST_LOCKS]
    ]
    call.out.table(rows)
    if len(found) > _MOST_LOCKS:
        more = call.words("plan.more", count=len(found) - _MOST_LOCKS)
        call.out.line(dim(more), indent=2)
    for statement in plan["statements"]:
        for text in _work(call, statement):
            call.out.line(warn("▲ "), text, indent=2)


def _work(call: Call, statement: Document) -> Iterator[str]:
    for what in _DONE:
        names = ", ".join((statement["trace"] or {}).get(what, ()))
        if names:
            yield call.words(f"trace.{what}", names=names, line=str(statement["line"]))
    estimate = statement["estimate"]
    if estimate is not None:
        low, high = (call.words.duration(estimate[f"{end}_ms"]) for end in ("low", "high"))
        known = {"line": str(statement["line"]), "low": low, "high": high}
        yield call.words(f"estimate.{estimate['basis']}", **known)


def _waits(plan: Document) -> Iterator[tuple[Document, Document]]:
    """Give the locks that keep reads or writes waiting, the indexes of a table with the table."""
    for statement in plan["statements"]:
        for lock in (statement["trace"] or {}).get("locks") or ():
            if lock["blocks"] in {"writes", "reads_and_writes"}:
                yield statement, lock
