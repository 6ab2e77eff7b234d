"""What applying a plan demands, by the policy of its environment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from vado.environments import Environment, Policy
from vado.errors import RequirementsMissing
from vado.operations import OUT_OF_ORDER
from vado.preview.plan import Plan, Rehearsal, Requirement

_LEVELS = ("low", "medium", "high", "critical")


def requirements(
    environment: Environment,
    rehearsal: Rehearsal,
    risks: Sequence[Mapping[str, Any]],
    *,
    destructive: bool,
) -> tuple[Requirement, ...]:
    """Return the demands, in the order in which they are met."""
    policy = environment.policy
    found = []
    if policy.rehearsal:
        rehearsed = rehearsal.ok and rehearsal.place != "text"
        found.append(Requirement("rehearsal", satisfied=rehearsed))
    if needs_backup(policy, destructive=destructive):
        # Taken and verified by the apply itself, so it never stands in the way.
        found.append(Requirement("backup", satisfied=True))
    if policy.confirmation:
        word = environment.confirmation_word
        found.append(Requirement("confirmation", satisfied=False, word=word))
    found.extend(
        Requirement("accept_risk", satisfied=False, rule=rule, level=level)
        for rule, level in _to_accept(environment, risks).items()
    )
    return tuple(found)


def requirements_of_record(environment: Environment) -> tuple[Requirement, ...]:
    """Return the demands of a plan that runs no SQL: there is nothing to rehearse or to lose."""
    if not environment.policy.confirmation:
        return ()
    word = environment.confirmation_word
    return (Requirement("confirmation", satisfied=False, word=word),)


def with_order(plan: Plan, *, agreed: bool) -> Plan:
    """Add to a plan with late files that somebody has to agree to them, or has done so before."""
    if not plan.out_of_order:
        return plan
    asked = Requirement("out_of_order", satisfied=agreed, rule=OUT_OF_ORDER)
    return replace(plan, requires=(*plan.requires, asked))


def needs_backup(policy: Policy, *, destructive: bool) -> bool:
    """Say whether a verified backup goes before the plan."""
    return policy.backup == "always" or (policy.backup == "destructive" and destructive)


def _to_accept(environment: Environment, risks: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the rules to accept with their highest level."""
    policy = environment.policy
    if policy.accept_from is None:
        return {}
    lowest = _LEVELS.index(policy.accept_from)
    found: dict[str, str] = {}
    for risk in risks:
        if risk.get("suppressed") and not _asked_all_the_same(environment, risk):
            continue
        level = _LEVELS.index(risk["level"])
        if level >= lowest and level >= _LEVELS.index(found.get(risk["rule"], "low")):
            found[risk["rule"]] = risk["level"]
    return found


def _asked_all_the_same(environment: Environment, risk: Mapping[str, Any]) -> bool:
    # Who wrote the file allowed it; who destroys rows in production is asked too.
    return environment.environment_class == "production" and risk["level"] == "critical"


def require_met(plan: Plan, confirmation: str | None, accepted: Collection[str]) -> None:
    """Raise RequirementsMissing with everything that is still missing, all at once."""
    missing = [r for r in plan.requires if not _met(r, confirmation, accepted)]
    if missing:
        raise RequirementsMissing(
            f"{plan.plan_id} cannot be applied yet: {', '.join(_words(r) for r in missing)}",
            hint=_HINTS[missing[0].kind].format(word=missing[0].word, rule=missing[0].rule),
            details={"missing": [r.to_json() for r in missing]},
        )


def _met(requirement: Requirement, confirmation: str | None, accepted: Collection[str]) -> bool:
    if requirement.kind == "confirmation":
        return confirmation is not None and confirmation.strip() == requirement.word
    if requirement.kind == "accept_risk":
        return requirement.rule in accepted
    return requirement.satisfied or requirement.rule in accepted


def _words(requirement: Requirement) -> str:
    if requirement.kind == "accept_risk":
        return f"{requirement.level} risk {requirement.rule} is not accepted"
    return {
        "rehearsal": "it was not rehearsed without error",
        "confirmation": "the confirmation is missing",
        "backup": "there is no backup",
        "out_of_order": "nobody has agreed to files that are older than what is applied",
    }[requirement.kind]


_HINTS = {
    "rehearsal": "Correct what the rehearsal found, and make a new plan with `vado preview`.",
    "backup": "Take one with `vado backup create`.",
    "confirmation": "Type the name {word} (--confirm {word}).",
    "out_of_order": "Agree to it once for this database with --accept {rule}.",
    "accept_risk": "Read what it does, then accept it with --accept {rule}.",
}
