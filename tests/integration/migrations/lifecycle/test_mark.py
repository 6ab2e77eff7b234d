"""Facts about the ledger put right by hand."""

from typing import Any

import pytest

from tests.integration.migrations.lifecycle.conftest import Project
from vado.application import start_mark, status
from vado.errors import PlanOutdated, RequirementsMissing
from vado.migrations import MarkWanted


@pytest.fixture
def shop(project: Project) -> Project:
    """One migration applied, one pending."""
    project.write(1, "create table goods (id int primary key);", "drop table goods;")
    project.apply()
    project.write(2, "alter table goods add note text;", "alter table goods drop note;")
    return project


def test_marked_as_applied_runs_no_sql_and_says_so(shop: Project) -> None:
    shop.run("alter table goods add note text")

    plan = shop.mark(2, "applied")
    ended = shop.carry_out(plan)

    assert plan.kind == "mark"
    assert [(r["before"], r["after"]) for r in plan.record] == [(None, "applied")]
    assert (plan.statements, plan.risks, plan.requires) == ((), (), ())
    assert ended.state == "succeeded", ended.error
    assert shop.states() == {1: "applied", 2: "applied"}
    assert shop.ask("select origin->>'marked' from vado.migration where version = 2") == "true"
    assert shop.ask("select duration_ms is null from vado.migration where version = 2")
    found = status(shop.vado, shop.environment, drift=True)
    assert (found["pending"], found["drift"]["drifted"]) == ([], False)


def test_marked_as_pending_is_applied_again(shop: Project) -> None:
    shop.run("drop table goods")

    shop.carry_out(shop.mark(1, "pending"))

    assert shop.states() == {1: "undone"}
    shop.apply()
    assert shop.ask("select count(*) from goods") == 0


def test_a_half_applied_migration_can_be_marked_as_applied(shop: Project) -> None:
    shop.write(2, "create index concurrently i on goods (id);\nselect nothing;")
    plan = shop.preview(place="text")
    assert shop.carry_out(plan).state == "failed"

    shop.carry_out(shop.mark(2, "applied"))

    assert shop.states() == {1: "applied", 2: "applied"}
    assert shop.ask("select count(*) from vado.migration_step") == 0


def test_in_production_the_name_is_typed_and_no_backup_is_taken(shop: Project) -> None:
    shop.become("production")
    plan = shop.mark(2, "applied")

    with pytest.raises(RequirementsMissing) as refused:
        shop.carry_out(plan)
    ended = shop.carry_out(plan, confirmation=shop.environment.confirmation_word)

    assert [m["kind"] for m in refused.value.details["missing"]] == ["confirmation"]
    assert ended.result is not None
    assert ended.result["backup_id"] is None
    events = "select string_agg(outcome, ' ' order by id) from vado_control.audit_event"
    assert shop.ask(f"{events} where operation_id = '{ended.id}'") == "intent succeeded"


def test_a_file_that_changed_since_is_not_marked(shop: Project) -> None:
    plan = shop.mark(2, "applied")
    shop.write(2, "alter table goods add remark text;")

    with pytest.raises(PlanOutdated) as refused:
        shop.carry_out(plan)

    assert refused.value.details["changed"] == ["files"]


@pytest.mark.parametrize(
    ("version", "mark", "code"),
    [
        ("1", "applied", "mark_refused"),
        ("2", "pending", "mark_refused"),
        ("3", "applied", "not_found"),
    ],
)
def test_what_makes_no_sense_is_refused(shop: Project, version: str, mark: Any, code: str) -> None:
    wanted = MarkWanted(version, mark)

    error = shop.refusal(start_mark(shop.vado, shop.environment, wanted))

    assert error["code"] == code
