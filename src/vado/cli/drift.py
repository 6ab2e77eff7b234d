"""`vado drift`: what the database has otherwise than its ledger implies."""

from collections.abc import Mapping
from typing import Any

from vado.application import start_drift
from vado.cli.call import FORMAT, Call
from vado.cli.failures import operation_failed
from vado.cli.follow import follow
from vado.cli.plan import change_pieces, outermost
from vado.cli.screen import bad, dim, good, warn

Report = Mapping[str, Any]
_DIFFERS = 3


def run(call: Call) -> int:
    """Compare the schema with the ledger's; 3 with --exit-code when it drifted."""
    if call.option("adopt"):
        from vado.cli.adopt_drift import adopt

        return adopt(call, call.option("adopt"))
    operation = follow(call, start_drift(call.vado, call.environment))
    report = operation.result
    if operation.state != "succeeded" or report is None:
        return operation_failed(call, operation)
    if call.json:
        call.document({"format": FORMAT, "operation_id": operation.id, **report})
    else:
        _show(call, report)
    return _DIFFERS if call.option("exit_code") and report["drifted"] else 0


def _show(call: Call, report: Report) -> None:
    out, words = call.out, call.words
    if report["replay"]["error"] is not None:
        _show_failure(call, report)
    elif report["changes"]:
        out.line(bad("✗ "), words("drift.differs", count=len(report["changes"])))
        for change in outermost(report["changes"]):
            out.line(*change_pieces(call, change), indent=2)
    elif report["drifted"]:
        out.line(warn("▲ "), words("drift.as_implied"))
    else:
        out.line(good("✓ "), words("drift.none", count=report["migrations"]))
    out.paragraph(words(f"drift.since.{_since(report)}"), style="dim")
    for kind in report["not_compared"]:
        out.line(dim(words("diff.not_compared", kind=kind["kind"], count=kind["count"])), indent=2)
    if report["drifted"]:
        out.blank()
        out.paragraph(words("drift.next"))


def _show_failure(call: Call, report: Report) -> None:
    error = report["replay"]["error"]
    told = call.words("drift.replay_failed", version=error["version"], line=error["line"])
    call.out.line(warn("▲ "), told)
    call.out.paragraph(error["message"], indent=2)


def _since(report: Report) -> str:
    known = {True: "changed", False: "unchanged", None: "unknown"}
    return known[report["changed_since_last_run"]]
