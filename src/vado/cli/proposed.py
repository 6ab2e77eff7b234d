"""Commands that make a plan of their own kind and carry it out, where the policy allows both."""

from collections.abc import Callable

from vado.cli.apply import carry_out, refuse_above, rehearsal_failed
from vado.cli.call import Call
from vado.cli.follow import follow
from vado.cli.plan import show_plan
from vado.cli.preview import preview_failed, shown_plan
from vado.errors import PlanRequired
from vado.operations import Operation


def propose(call: Call, verb: str, start: Callable[[], Operation]) -> int:
    """Show the plan with --preview; else show it and carry it out in one go."""
    if call.option("preview"):
        return shown_plan(call, follow(call, start()))
    if call.environment.policy.preview_first:
        raise PlanRequired(
            f"{call.environment.confirmation_word} is {call.environment.environment_class}: "
            f"{verb} takes a plan that was previewed before",
            hint=f"Read what `vado {verb} ... --preview` shows, then `vado apply --plan ID`.",
            details={"class": call.environment.environment_class},
        )
    operation = follow(call, start())
    if operation.result is None:
        return preview_failed(call, operation)
    plan = call.vado.plans.get(operation.result["plan_id"])
    if not call.json:
        show_plan(call, plan.to_json(), last_word=False)
    if plan.rehearsal.error is not None:
        return rehearsal_failed(call, None, plan)
    refuse_above(call, plan)
    return carry_out(call, plan)
