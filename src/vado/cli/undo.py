"""`vado undo`: the way back as a plan, carried out like any other."""

from vado.application import start_undo
from vado.cli.apply import carry_out, chosen_plan, refuse_above, rehearsal_failed
from vado.cli.call import Call
from vado.cli.follow import follow
from vado.cli.plan import show_plan
from vado.cli.preview import preview_failed, shown_plan
from vado.errors import PlanRequired
from vado.migrations import UndoWanted
from vado.operations import Operation


def run(call: Call) -> int:
    """Carry out the plan of --plan, show one with --preview, or do both in one go."""
    if call.option("plan"):
        return carry_out(call, chosen_plan(call))
    if call.option("preview"):
        operation = _made(call)
        return shown_plan(call, operation)
    if call.environment.policy.preview_first:
        raise PlanRequired(
            f"{call.environment.confirmation_word} is {call.environment.environment_class}: "
            "undo takes a plan that was previewed before",
            hint="Read what `vado undo --preview` shows, then give its plan with --plan ID.",
            details={"class": call.environment.environment_class},
        )
    return _in_one_go(call)


def _made(call: Call) -> Operation:
    wanted = UndoWanted(to=call.option("to"), place=call.option("place"))
    return follow(call, start_undo(call.vado, call.environment, wanted))


def _in_one_go(call: Call) -> int:
    operation = _made(call)
    if operation.result is None:
        return preview_failed(call, operation)
    plan = call.vado.plans.get(operation.result["plan_id"])
    if not call.json:
        show_plan(call, plan.to_json(), last_word=False)
    if plan.rehearsal.error is not None:
        return rehearsal_failed(call, None, plan)
    refuse_above(call, plan)
    return carry_out(call, plan)
