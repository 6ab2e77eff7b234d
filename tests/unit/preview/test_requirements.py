"""What each class of environment demands of a plan."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.preview.test_plan import plan

from vado.database import Target
from vado.environments import Environment
from vado.errors import RequirementsMissing
from vado.preview.plan import Rehearsal, Requirement
from vado.preview.requirements import require_met, requirements

TRIED = Rehearsal("embedded", ok=True, limits=(), duration_ms=1, server_version="18", error=None)
UNTRIED = replace(TRIED, place="text", ok=False)
HIGH = {"rule": "rename", "level": "high"}
CRITICAL = {"rule": "drop-table", "level": "critical"}
MEDIUM = {"rule": "revoke", "level": "medium"}


def environment(environment_class) -> Environment:
    target = Target("localhost", 5432, "shop", "ana")
    return Environment("main", environment_class, target, Path(), Path(), named=True)


def kinds(environment_class, risks=(), *, destructive=False, rehearsal=TRIED) -> list[str]:
    found = requirements(environment(environment_class), rehearsal, risks, destructive=destructive)
    return [r.kind if r.rule is None else f"{r.kind}:{r.rule}:{r.level}" for r in found]


def test_development_only_warns_and_backs_up_before_destruction():
    assert kinds("development", [CRITICAL, HIGH]) == []
    assert kinds("development", [CRITICAL], destructive=True) == ["backup"]


def test_staging_has_each_grave_risk_named():
    assert kinds("staging", [CRITICAL, HIGH, MEDIUM]) == [
        "accept_risk:drop-table:critical",
        "accept_risk:rename:high",
    ]


def test_production_demands_everything():
    assert kinds("production", [HIGH]) == [
        "rehearsal",
        "backup",
        "confirmation",
        "accept_risk:rename:high",
    ]


def test_what_the_file_allows_is_not_asked_again_but_for_the_critical_in_production():
    allowed = [{**risk, "suppressed": "moved"} for risk in (CRITICAL, HIGH)]

    assert kinds("staging", allowed) == []
    assert kinds("production", allowed)[3:] == ["accept_risk:drop-table:critical"]


def test_what_the_file_allows_hides_no_other_risk_of_the_rule():
    risks = [{**CRITICAL, "suppressed": "moved"}, CRITICAL]

    assert kinds("staging", risks) == ["accept_risk:drop-table:critical"]


def test_a_rule_is_accepted_once_at_its_highest_level():
    twice = [{"rule": "x", "level": "high"}, {"rule": "x", "level": "critical"}]

    assert kinds("staging", twice) == ["accept_risk:x:critical"]


def test_a_text_only_plan_is_not_rehearsed():
    [first, *_] = requirements(environment("production"), UNTRIED, [], destructive=False)

    assert (first.kind, first.satisfied) == ("rehearsal", False)


@pytest.mark.parametrize("typed", [None, "", "mai", "mainx", "Main"])
def test_a_wrong_confirmation_is_missing(typed):
    demanded = replace(
        plan(), requires=(Requirement("confirmation", satisfied=False, word="main"),)
    )

    with pytest.raises(RequirementsMissing) as caught:
        require_met(demanded, typed, ())

    assert caught.value.details["missing"][0]["word"] == "main"
    assert "--confirm main" in (caught.value.hint or "")


def test_a_pasted_confirmation_may_have_spaces_around():
    demanded = replace(
        plan(), requires=(Requirement("confirmation", satisfied=False, word="main"),)
    )

    require_met(demanded, " main ", ())
