"""Facts about the order of migrations: late files are shown, tried as they run, and wanted."""

import pytest

from tests.integration.migrations.lifecycle.conftest import Project
from vado.application import start_preview, status, take_back_consent
from vado.errors import LedgerConflict, NotFound, PlanOutdated, RequirementsMissing
from vado.migrations import Wanted
from vado.preview import Plan


@pytest.fixture
def late(project: Project) -> Project:
    """Version 3 is applied; a file of version 2 comes from another branch."""
    project.write(1, "create table goods (id int primary key);")
    project.write(3, "alter table goods add price int;")
    project.apply()
    project.write(2, "create view cheap as select id from goods where price < 10;")
    return project


def test_a_late_file_is_shown_and_refused_without_a_word(late: Project) -> None:
    found = status(late.vado, late.environment)
    error = late.refusal(start_preview(late.vado, late.environment, Wanted()))

    assert [m["version"] for m in found["out_of_order"]] == ["2"]
    assert error["code"] == "ledger_conflict"
    assert "--out-of-order" in error["hint"]


def test_a_late_file_is_tried_after_what_is_applied_and_applied_so(late: Project) -> None:
    late.write(4, "create view dear as select id from goods where price >= 10;")

    plan = late.preview(out_of_order=True)
    ended = late.carry_out(plan, accepted=["out-of-order"])

    # On a fresh database version 2 would fail for want of the column: here is what really is.
    assert plan.rehearsal.ok, plan.rehearsal.error
    assert ([m["version"] for m in plan.migrations], plan.out_of_order) == (["2", "4"], ("2",))
    assert ended.state == "succeeded", ended.error
    assert late.states() == dict.fromkeys((1, 2, 3, 4), "applied")
    assert status(late.vado, late.environment)["out_of_order"] == []


def test_a_plan_made_before_the_late_file_came_is_outdated(late: Project) -> None:
    (late.folder / "2_step.sql").rename(late.folder / "0.hidden")
    late.write(4, "select 1;")
    plan = late.preview(place="text", out_of_order=True)
    (late.folder / "0.hidden").rename(late.folder / "2_step.sql")

    with pytest.raises((PlanOutdated, LedgerConflict)):
        late.carry_out(plan)


def order_asked(plan: Plan) -> list[bool]:
    return [r.satisfied for r in plan.requires if r.kind == "out_of_order"]


def consents(project: Project) -> list[dict[str, object]]:
    found: list[dict[str, object]] = status(project.vado, project.environment)["consents"]
    return found


def test_a_late_file_is_asked_about_once_for_a_database(late: Project) -> None:
    plan = late.preview(place="text", out_of_order=True)
    with pytest.raises(RequirementsMissing) as refused:
        late.carry_out(plan)
    ended = late.carry_out(plan, accepted=["out-of-order"])
    late.write(0, "select 'later still';")

    again = late.preview(place="text")

    assert refused.value.details["missing"][0]["kind"] == "out_of_order"
    assert order_asked(plan) == [False]
    [consent] = consents(late)
    assert (consent["kind"], consent["operation_id"]) == ("out-of-order", ended.id)
    assert (order_asked(again), again.out_of_order) == ([True], ("0",))
    assert late.carry_out(again).state == "succeeded"


def test_what_was_agreed_to_is_an_event_of_the_databases_own_audit_log(late: Project) -> None:
    late.carry_out(late.preview(place="text", out_of_order=True), accepted=["out-of-order"])

    assert late.ask(
        'select details = \'{"agreed": true, "versions": ["2"]}\''
        " from vado_control.audit_event where action = 'consent' and subject = 'out-of-order'"
    )


def test_what_was_agreed_to_can_be_taken_back_and_is_asked_again(late: Project) -> None:
    late.carry_out(late.preview(place="text", out_of_order=True), accepted=["out-of-order"])
    late.write(0, "select 'later still';")
    plan = late.preview(place="text")

    take_back_consent(late.vado, late.environment, "out-of-order")

    assert consents(late) == []
    with pytest.raises(RequirementsMissing):
        late.carry_out(plan)
    assert late.refusal(start_preview(late.vado, late.environment, Wanted()))["code"] == (
        "ledger_conflict"
    )
    with pytest.raises(NotFound):
        take_back_consent(late.vado, late.environment, "out-of-order")


def test_a_plan_in_order_asks_nothing(late: Project) -> None:
    (late.folder / "2_step.sql").unlink()
    late.write(4, "select 1;")

    assert order_asked(late.preview(place="text", out_of_order=True)) == []


@pytest.mark.parametrize(
    ("header", "place", "reason"),
    [
        ("-- vado: depends=9\n", "3_step.sql:1:18", "depends on 9, which is not earlier"),
        ("-- about it\n-- vado: depends=1,0\n", "3_step.sql:2:20", "0, which is not there"),
        ("-- vado: depends=first\n", "3_step.sql:1:18", "names no version"),
        ("-- vado: depends=\n", "3_step.sql:1:18", "names no version"),
    ],
)
def test_a_dependency_that_cannot_be_is_told_with_its_place(
    project: Project, header: str, place: str, reason: str
) -> None:
    project.write(1, "create table goods (id int);")
    project.write(3, "select 1;", header=header)

    error = project.refusal(start_preview(project.vado, project.environment, Wanted()))

    assert error["code"] == "migration_file_invalid"
    assert error["message"].startswith(place)
    assert reason in error["message"]
    assert (error["details"]["version"], error["details"]["reason"]) == ("3", "dependency")


def test_a_dependency_that_is_met_is_no_hindrance(project: Project) -> None:
    project.write(1, "create table goods (id int);")
    project.write(3, "select 1;\n-- vado: depends=7", header="-- vado: depends=1\n")

    project.apply()

    assert project.states() == {1: "applied", 3: "applied"}
