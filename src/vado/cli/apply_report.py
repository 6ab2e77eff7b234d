"""What an apply did, as a document and in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from vado.cli.call import FORMAT, Call
from vado.cli.failures import told
from vado.cli.screen import bad, bold, dim, good, warn
from vado.cli.source import show_place
from vado.errors import VadoError
from vado.migrations import Standing, read_standing
from vado.operations import Operation
from vado.preview import Plan

Document = Mapping[str, Any]
_FAILED_KEYS = ("version", "line", "column", "sqlstate", "message")
_BACKWARDS = frozenset({"mark", "undo"})
_SYNTAX_ERROR = "42601"


def apply_document(operation: Operation | None, plan: Plan | None) -> dict[str, Any]:
    """Return the document of `vado apply`, the same shape however it ended."""
    result = (operation.result if operation else None) or {}
    document = {
        "format": FORMAT,
        "operation_id": operation.id if operation else None,
        "plan_id": plan.plan_id if plan else None,
        "state": operation.state if operation else "succeeded",
        "applied": result.get("applied", []),
        **_undone(result, plan),
        "failed": _failed(result.get("failed"), plan.migrations if plan else ()),
        "not_run": result.get("not_run", _references(plan)),
        "backup_id": result.get("backup_id"),
    }
    if operation is not None and operation.error is not None:
        document["error"] = operation.error
    return document


def unbegun_document(
    plan: Plan | None, standing: Standing | None, error: Document, details: Document
) -> dict[str, Any]:
    """Return the same for an apply that its preview kept from beginning.

    *details* names the place in the migrations: version, line and column.
    """
    pending = _references(plan)
    if standing is not None:
        pending = [{"version": m.version, "name": m.name} for m in standing.to_apply()]
    return {
        **apply_document(None, plan),
        "state": "failed",
        "failed": _failed({"message": error["message"], **details}, pending),
        "not_run": [r for r in pending if r["version"] != details["version"]],
        "error": dict(error),
    }


def _references(plan: Plan | None) -> list[dict[str, str]]:
    migrations = plan.migrations if plan else ()
    return [{"version": m["version"], "name": m["name"]} for m in migrations]


def _undone(result: Document, plan: Plan | None) -> dict[str, Any]:
    """Return what only a plan that takes something back has done."""
    if plan is None or plan.kind not in _BACKWARDS:
        return {}
    undone = {"undone": result.get("undone", [])}
    half = any(m.get("way") for m in plan.migrations)
    return {**undone, "restored": result.get("restored")} if half else undone


def _failed(details: Document | None, known: Iterable[Document]) -> dict[str, Any] | None:
    if details is None:
        return None
    found = {key: details.get(key) for key in _FAILED_KEYS}
    names = {reference["version"]: reference["name"] for reference in known}
    found["name"] = names.get(str(found["version"]))
    if details.get("reason") == "syntax_error":
        found["sqlstate"] = _SYNTAX_ERROR
    return found


def show_outcome(call: Call, document: Document, operation: Operation, plan: Plan) -> None:
    """Say what is applied, what failed and where, and what was not begun."""
    out, words = call.out, call.words
    out.blank()
    verb = plan.kind if plan.kind in {"undo", "mark"} else "apply"
    done = carried_out(document)
    database = call.environment.target.dbname
    title = words(f"{verb}.{_ending(operation)}", count=len(done), database=database)
    out.line(bold(title), dim(f"  {words.duration(_spent_ms(operation))}"))
    for reference in done:
        out.line(good("✓ "), f"{reference['version']}  {reference['name']}", indent=2)
    half = [] if operation.state == "succeeded" else _half_done(call, plan)
    if document["failed"]:
        stays = document["failed"]["version"] in half
        key = "apply.stopped" if stays else "apply.rolled_back"
        _show_failed(call, document["failed"], operation, words(key))
    for reference in document["not_run"]:
        text = f"{reference['version']}  {reference['name']}  "
        out.line(dim("· "), text, dim(words(f"{verb}.not_run")), indent=2)
    if document.get("restored") is not None:
        restored = "done" if document["restored"] else "not_done"
        out.paragraph(words(f"restored.{restored}"), indent=2)
    if document["backup_id"]:
        out.line(words("apply.backup", id=document["backup_id"]))
    if operation.state != "succeeded":
        _show_left(call, verb, len(done), half)


def _show_left(call: Call, verb: str, done: int, half: Sequence[str]) -> None:
    """Say what stays of what was begun."""
    out, words = call.out, call.words
    if done or not half:
        out.paragraph(words(f"{verb}.left" if done else f"{verb}.left_none", count=done))
    for version in half:
        out.paragraph(words("apply.left_half", version=version))


def _half_done(call: Call, plan: Plan) -> list[str]:
    """Return what of a plan has stopped half-way, as the ledger has it now."""
    try:
        standing, _ = read_standing(call.environment)
    except VadoError:
        return []  # the server that went away is told of already
    wanted = {int(m["version"]) for m in plan.migrations}
    return [e.version for e in standing.entries if e.half_done and int(e.version) in wanted]


def carried_out(document: Document) -> list[Document]:
    """Return what was done: all of a plan goes one way."""
    found: list[Document] = document["applied"] or document.get("undone", [])
    return found


def _spent_ms(operation: Operation) -> float:
    begun, ended = operation.started_at, operation.finished_at
    if begun is None or ended is None:
        return 0.0
    spent = datetime.fromisoformat(ended) - datetime.fromisoformat(begun)
    return spent.total_seconds() * 1000


def _ending(operation: Operation) -> str:
    return operation.state if operation.state in {"succeeded", "cancelled"} else "failed"


def _show_failed(call: Call, failed: Document, operation: Operation, became: str) -> None:
    out, words = call.out, call.words
    place = words("place.at", **{k: failed[k] for k in ("version", "line", "column")})
    out.line(bad("✗ "), place, "  ", warn(became), indent=2)
    out.paragraph(str(failed["message"] or _message(operation)), indent=4)
    show_place(out, call.environment, failed, indent=4)
    error = operation.error or {}
    hint = told(words, error)[1] if error else None
    if hint:
        out.paragraph(hint, indent=4)


def _message(operation: Operation) -> str:
    return str((operation.error or {}).get("message", ""))
