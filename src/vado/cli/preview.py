"""`vado preview`: what would happen, found out on a copy."""

from collections.abc import Mapping
from typing import Any

from vado.application import start_preview
from vado.cli.call import Call
from vado.cli.failures import operation_failed
from vado.cli.follow import follow
from vado.cli.plan import above, show_plan
from vado.cli.source import show_place
from vado.migrations import Wanted
from vado.operations import Operation

_PENDING = 3
_TOO_RISKY = 4


def run(call: Call) -> int:
    """Make a plan, show it, and say what stands out by the exit code."""
    return shown_plan(call, make_preview(call))


def shown_plan(call: Call, operation: Operation) -> int:
    """Show the plan that a preview has made; return the exit code that tells of it."""
    if operation.result is None:
        return preview_failed(call, operation)
    plan = call.vado.plans.document(operation.result["plan_id"])
    if call.json:
        call.document(plan)
    else:
        show_plan(call, plan)
    return _exit_code(call, plan)


def _exit_code(call: Call, plan: Mapping[str, Any]) -> int:
    if plan["rehearsal"]["error"] is not None:
        return 1
    if above(plan, call.option("max_risk")):
        if not call.json:
            call.err.line(call.words("max_risk.above", level=call.option("max_risk")))
        return _TOO_RISKY
    return _PENDING if plan["migrations"] and call.option("exit_code") else 0


def make_preview(call: Call) -> Operation:
    """Run the preview that the options ask for, and return its operation."""
    wanted = Wanted(
        to=call.option("to"),
        place=call.option("place"),
        out_of_order=bool(call.option("out_of_order")),
    )
    return follow(call, start_preview(call.vado, call.environment, wanted))


def preview_failed(call: Call, operation: Operation) -> int:
    """Tell why there is no plan."""
    code = operation_failed(call, operation)
    details = (operation.error or {}).get("details") or {}
    if not call.json and "line" in details:
        show_place(call.err, call.environment, details, indent=2)
    return code
