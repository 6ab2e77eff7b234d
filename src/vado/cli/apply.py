"""`vado apply`: a plan is carried out, one made before or one made now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from vado.application import start_apply
from vado.cli.apply_report import apply_document, carried_out, show_outcome, unbegun_document
from vado.cli.call import Call
from vado.cli.consent import agreed_to, consent_given
from vado.cli.failures import exit_code_of, show_error
from vado.cli.follow import follow
from vado.cli.plan import above, show_plan
from vado.cli.preview import make_preview, preview_failed
from vado.errors import MigrationFailed, PlanRequired, Refused, RiskAboveLimit, UsageError
from vado.migrations import ApplyRequest, Standing, Waits, late_agreed, read_standing
from vado.operations import OUT_OF_ORDER, Operation
from vado.preview import Plan


@dataclass(frozen=True, slots=True)
class _Made:
    """A plan, or what there is instead of one: an exit code."""

    plan: Plan | None
    exit_code: int = 0


def run(call: Call) -> int:
    """Apply the plan of --plan, or preview and apply in one go where the policy allows."""
    made = _Made(chosen_plan(call)) if call.option("plan") else _made_now(call)
    return made.exit_code if made.plan is None else carry_out(call, made.plan)


def carry_out(call: Call, plan: Plan) -> int:
    """Ask what has to be asked, carry the plan out, and tell how it ended."""
    request = _agreed(call, plan)
    return _finish(call, plan, follow(call, start_apply(call.vado, call.environment, request)))


def chosen_plan(call: Call) -> Plan:
    """Return the plan of --plan, of whatever kind, shown to whoever will be asked about it."""
    plan = call.vado.plans.get(call.option("plan"))
    if call.option("environment") is None and plan.environment in call.vado.environments():
        call.arguments.environment = plan.environment
    if plan.environment != call.environment.name:
        raise UsageError(
            f"{plan.plan_id} was made for environment {plan.environment}",
            hint=f"Give --environment {plan.environment}, or make a plan for this one.",
        )
    refuse_above(call, plan)
    if call.may_ask:
        # Whoever is asked sees once more what about.
        show_plan(call, plan.to_json(), last_word=False)
    return plan


def _made_now(call: Call) -> _Made:
    standing, _ = read_standing(call.environment)
    late = bool(call.option("out_of_order")) or late_agreed(call.environment, standing)
    standing.refuse_conflicts(out_of_order=late)
    if not standing.to_apply(call.option("to"), out_of_order=late):
        return _Made(None, _nothing(call))
    if call.environment.policy.preview_first:
        raise PlanRequired(
            f"{call.environment.confirmation_word} is {call.environment.environment_class}: "
            "apply takes a plan that was previewed before",
            hint="Read what `vado preview` shows, then give its plan: `vado apply --plan ID`.",
            details={"class": call.environment.environment_class},
        )
    operation = make_preview(call)
    if operation.result is None:
        return _Made(None, _not_planned(call, standing, operation))
    plan = call.vado.plans.get(operation.result["plan_id"])
    if not call.json:
        show_plan(call, plan.to_json(), last_word=False)
    if plan.rehearsal.error is not None:
        return _Made(None, rehearsal_failed(call, standing, plan))
    refuse_above(call, plan)
    return _Made(plan)


def _nothing(call: Call) -> int:
    if call.json:
        call.document(apply_document(None, None))
    else:
        call.out.line(call.words("plan.nothing", database=call.environment.target.dbname))
    return 0


def _not_planned(call: Call, standing: Standing, operation: Operation) -> int:
    """Tell why there is no plan; where a line of SQL is to blame, as a failed apply."""
    error = operation.error or {}
    details = error.get("details") or {}
    if not call.json or "line" not in details:
        return preview_failed(call, operation)
    call.document(unbegun_document(None, standing, error, details))
    return exit_code_of(error)


def rehearsal_failed(call: Call, standing: Standing | None, plan: Plan) -> int:
    """Leave the database alone when the copy has shown that it cannot work."""
    error = MigrationFailed(
        f"the rehearsal failed: {(plan.rehearsal.error or {}).get('message')}",
        hint="Correct the file; nothing was applied.",
        details=plan.rehearsal.error,
    )
    if call.json:
        call.document(unbegun_document(plan, standing, error.to_json(), error.details))
    else:
        call.out.blank()
        call.out.paragraph(call.words("apply.not_rehearsed", plan_id=plan.plan_id))
    return error.exit_code


def refuse_above(call: Call, plan: Plan) -> None:
    """Raise when the plan has a risk above --max-risk."""
    limit = call.option("max_risk")
    if above(plan.to_json(), limit):
        raise RiskAboveLimit(
            f"{plan.plan_id} has a risk above {limit}",
            hint="Look at it with `vado preview`, and make the migration safer.",
            details={"max_risk": limit, "plan_id": plan.plan_id},
        )


def _agreed(call: Call, plan: Plan) -> ApplyRequest:
    """Ask what has to be asked; in a pipe the use case says what is missing."""
    request = ApplyRequest(
        plan,
        confirmation=call.option("confirm"),
        accepted=_accepted(call),
        consent=call.yes,
        waits=_waits(call),
    )
    if not call.may_ask:
        return request
    answered = agreed_to(call, request)
    if answered is None or not consent_given(call):
        raise Refused(call.words("apply.declined"), hint=call.words("apply.declined.hint"))
    return replace(answered, consent=True)


def _accepted(call: Call) -> frozenset[str]:
    """Return what is accepted; to ask for late files and apply them at once is to agree to them."""
    accepted = frozenset(call.option("accept") or ())
    return accepted | {OUT_OF_ORDER} if call.option("out_of_order") else accepted


def _waits(call: Call) -> Waits:
    asked = call.option("wait")
    return Waits() if asked is None else Waits(another_vado_s=asked)


def _finish(call: Call, plan: Plan, operation: Operation) -> int:
    document = apply_document(operation, plan)
    if call.json:
        call.document(document)
    elif operation.state == "succeeded" or _began(document):
        show_outcome(call, document, operation, plan)
    if operation.state == "succeeded":
        return 0
    if not call.json:
        _show_reason(call, operation.error or {})
    return exit_code_of(operation.error)


def _began(document: Mapping[str, Any]) -> bool:
    return bool(carried_out(document) or document["failed"] or document["state"] == "cancelled")


def _show_reason(call: Call, error: Mapping[str, Any]) -> None:
    # The outcome has told of these two already.
    if error.get("code") not in {"migration_failed", "cancelled"}:
        show_error(call, error)
