"""`vado adopt`: a database is taken over from another migration tool, with proof."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vado.application import start_adopt
from vado.cli.call import FORMAT, Call
from vado.cli.consent import consent_given
from vado.cli.failures import operation_failed
from vado.cli.follow import follow
from vado.cli.plan import change_pieces, outermost
from vado.cli.questions import agreed
from vado.cli.screen import Piece, bad, bold, dim, good, warn
from vado.errors import Refused
from vado.migrations import AdoptRequest
from vado.operations import Operation

Report = Mapping[str, Any]
_REFUSED = 7
_MOST = 20


def run(call: Call) -> int:
    """Prove and adopt; at a terminal what was proven is shown before anything is written."""
    if call.option("dry_run"):
        return _looked(call, _adopt(call, dry_run=True, consent=False))
    consent = call.yes
    if call.may_ask:
        looked = _adopt(call, dry_run=True, consent=False)
        code = _looked(call, looked)
        if code:
            return code
        _ask(call, looked.result or {})
        consent = True
    operation = _adopt(call, dry_run=False, consent=consent)
    if operation.state != "succeeded" or operation.result is None:
        return _failed(call, operation)
    return _adopted(call, operation, operation.result, shown=call.may_ask)


def _adopt(call: Call, *, dry_run: bool, consent: bool) -> Operation:
    request = AdoptRequest(
        Path(call.option("from") or "."),
        tool=call.option("tool"),
        dry_run=dry_run,
        accept_differences=bool(call.option("accept_differences")),
        consent=consent,
    )
    return follow(call, start_adopt(call.vado, call.environment, request))


def _looked(call: Call, operation: Operation) -> int:
    """Show what a dry-run found; 7 when the adoption would be refused."""
    report = operation.result
    if operation.state != "succeeded" or report is None:
        return operation_failed(call, operation)
    if call.json:
        call.document(_document(operation, report))
    else:
        _show(call, report)
        if not report["accepted"]:
            call.out.blank()
            call.out.paragraph(call.words(_advice(report)))
    return 0 if report["accepted"] else _REFUSED


def _advice(report: Report) -> str:
    hard = any(not problem["acceptable"] for problem in report["problems"])
    return "adopt.put_right" if hard else "adopt.differs"


def _ask(call: Call, report: Report) -> None:
    question = call.words(
        "question.adopt", count=report["applied_total"], database=call.environment.target.dbname
    )
    call.out.blank()
    if not agreed(call, question) or not consent_given(call):
        raise Refused(call.words("adopt.declined"), hint=call.words("apply.declined.hint"))


def _failed(call: Call, operation: Operation) -> int:
    if operation.result is not None and not call.json:
        _show(call, operation.result)
    return operation_failed(call, operation)


def _adopted(call: Call, operation: Operation, report: Report, *, shown: bool) -> int:
    if call.json:
        call.document(_document(operation, report))
        return 0
    if not shown:
        _show(call, report)
    call.out.blank()
    call.out.line(good("✓ "), call.words("adopt.done", count=report["rows_written"]))
    if report["files_written"]:
        call.out.line(call.words("adopt.files", count=len(report["files_written"])))
    call.out.paragraph(call.words("adopt.next"))
    return 0


def _document(operation: Operation, report: Report) -> dict[str, Any]:
    return {"format": FORMAT, "operation_id": operation.id, **report}


def _show(call: Call, report: Report) -> None:
    words, out = call.words, call.out
    out.line(bold(report["tool"]), "  ", dim(report["folder"]))
    out.facts(
        [
            (words("adopt.ledger"), report["ledger"] or words("adopt.no_ledger")),
            (words("adopt.applied"), words("count.migrations", count=report["applied_total"])),
            (words("adopt.pending"), words("count.migrations", count=report["pending_total"])),
            (words("adopt.checksums"), _checksums(call, report)),
            (words("adopt.replay"), _replay(call, report)),
            (words("adopt.schema"), _schema(call, report)),
        ]
    )
    _show_migrations(call, report)
    _show_list(call, "adopt.problems", [bad(_told(call, p)) for p in report["problems"]])
    _show_changes(call, report)
    _show_list(call, "adopt.notes", [_told(call, n) for n in report["notes"]])
    _show_list(call, "adopt.limits", [dim(_limit(call, x)) for x in report["replay"]["limits"]])


def _checksums(call: Call, report: Report) -> Piece:
    edited = sum(1 for p in report["problems"] if p["code"] == "edited")
    compared = report["checksums_compared"]
    if edited:
        return bad(call.words("adopt.checksums.differ", count=edited))
    if not compared:
        return call.words("adopt.checksums.none")
    return good(call.words("adopt.checksums.equal", count=compared))


def _replay(call: Call, report: Report) -> Piece:
    replay = report["replay"]
    text = call.words(f"place.{replay['place']}", version=replay["server_version"])
    return text if replay["ok"] else bad(f"{text}: {call.words('adopt.replay.failed')}")


def _schema(call: Call, report: Report) -> Piece:
    if not report["replay"]["ok"]:
        return warn(call.words("adopt.schema.unknown"))
    count = len(report["changes"])
    if count:
        return bad(call.words("adopt.schema.differs", count=count))
    return good(call.words("adopt.schema.equal"))


def _show_migrations(call: Call, report: Report) -> None:
    call.out.heading(call.words("adopt.migrations"))
    states = {known: call.words(f"adopt.state.{known}") for known in ("applied", "pending")}
    rows = [
        (m["version"], m["name"], states["applied" if m["applied"] else "pending"], m["source"])
        for m in report["migrations"]
    ]
    call.out.table(rows[-_MOST:])
    if len(rows) > _MOST:
        call.out.line(dim(call.words("plan.more", count=len(rows) - _MOST)), indent=2)


def _show_changes(call: Call, report: Report) -> None:
    shown = list(outermost(list(report["changes"])))
    if not shown:
        return
    call.out.heading(call.words("adopt.changes"))
    for change in shown[:_MOST]:
        call.out.line(*change_pieces(call, change), indent=2)
    if len(shown) > _MOST:
        call.out.line(dim(call.words("plan.more", count=len(shown) - _MOST)), indent=2)


def _show_list(call: Call, heading: str, pieces: list[Piece]) -> None:
    if not pieces:
        return
    call.out.heading(call.words(heading))
    for piece in pieces:
        style = None if isinstance(piece, str) else piece.style
        call.out.paragraph(piece if isinstance(piece, str) else piece.text, indent=2, style=style)


def _told(call: Call, problem: Report) -> str:
    key = f"adopt.problem.{problem['code']}"
    if call.words.language == "en" or not call.words.has(key):
        return str(problem["message"])
    return call.words(key, subject=problem["subject"], message=problem["message"])


def _limit(call: Call, limit: Report) -> str:
    key = f"limit.{limit['code']}"
    known = call.words.language != "en" and call.words.has(key)
    return call.words(key, **limit["params"]) if known else str(limit["message"])
