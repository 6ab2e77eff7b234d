"""`vado baseline`: Vado begins on a database that has a schema already."""

from typing import Any

from vado.application import start_baseline
from vado.cli.call import FORMAT, Call
from vado.cli.consent import consent_given
from vado.cli.failures import operation_failed
from vado.cli.follow import follow
from vado.cli.plan import change_pieces
from vado.cli.screen import bold, good
from vado.errors import Refused
from vado.migrations import BaselineRequest

_MOST_CHANGES = 20


def run(call: Call) -> int:
    """Prove that the structure makes the schema, and write it down."""
    dry_run = bool(call.option("dry_run"))
    consent = call.yes
    if call.may_ask and not dry_run:
        if not consent_given(call):
            raise Refused(call.words("baseline.declined"), hint=call.words("apply.declined.hint"))
        consent = True
    request = BaselineRequest(call.option("name"), dry_run=dry_run, consent=consent)
    operation = follow(call, start_baseline(call.vado, call.environment, request))
    if operation.state != "succeeded" or operation.result is None:
        if not call.json:
            _show_differences(call, operation.error or {})
        return operation_failed(call, operation)
    if call.json:
        call.document({"format": FORMAT, "operation_id": operation.id, **operation.result})
    else:
        _show(call, operation.result)
    return 0


def _show(call: Call, report: dict[str, Any]) -> None:
    words, out = call.words, call.out
    out.line(good("✓ "), words("baseline.equal", count=report["statements"]))
    if report["recorded"]:
        out.line(words("baseline.written"), " ", bold(report["file"]))
        out.paragraph(words("baseline.next"))
    else:
        out.paragraph(words("baseline.dry_run", file=report["file"]))


def _show_differences(call: Call, error: dict[str, Any]) -> None:
    changes = (error.get("details") or {}).get("changes") or []
    for change in changes[:_MOST_CHANGES]:
        call.err.line(*change_pieces(call, change), indent=2)
