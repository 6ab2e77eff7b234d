"""Facts about the way back: what is undone, in which order, and what the ledger says of it."""

import pytest

from tests.integration.migrations.lifecycle.conftest import Project
from vado.application import list_migrations, start_preview, start_undo, status
from vado.errors import PlanOutdated, RequirementsMissing
from vado.migrations import UndoWanted, Wanted


@pytest.fixture
def shop(project: Project) -> Project:
    """Two migrations that are applied: a table with rows, and a column of it."""
    project.write(
        1,
        "create table goods (id int primary key);\ninsert into goods values (1), (2);",
        "drop table goods;",
    )
    project.write(2, "alter table goods add note text;", "alter table goods drop note;")
    project.apply()
    return project


def test_the_last_migration_is_undone_and_pending_again(shop: Project) -> None:
    plan = shop.undo()

    assert (plan.kind, [m["version"] for m in plan.migrations]) == ("undo", ["2"])
    assert plan.migrations[0]["direction"] == "down"
    assert shop.states() == {1: "applied", 2: "undone"}
    found = status(shop.vado, shop.environment, drift=True)
    assert (found["version"], [m["version"] for m in found["pending"]]) == ("1", ["2"])
    assert found["drift"]["drifted"] is False
    assert list_migrations(shop.environment)[0]["applied_at"] is None


def test_an_undone_migration_is_applied_again_as_it_is_now(shop: Project) -> None:
    shop.undo()
    shop.write(2, "alter table goods add remark text;", "alter table goods drop remark;")

    shop.apply()

    assert shop.states() == {1: "applied", 2: "applied"}
    assert shop.ask("select sql_text ~ 'remark' from vado.migration where version = 2")
    assert shop.ask("select count(remark) from goods") == 0


def test_everything_above_a_version_is_undone_newest_first(shop: Project) -> None:
    plan = shop.undo(to="0")

    assert [m["version"] for m in plan.migrations] == ["2", "1"]
    assert shop.states() == {1: "undone", 2: "undone"}
    assert shop.ask("select to_regclass('goods')") is None


def test_the_preview_tells_what_the_way_back_destroys(shop: Project) -> None:
    shop.run("update goods set note = 'kept' where id = 1")

    plan = shop.preview_undo("0", None)

    assert {r["rule"] for r in plan.risks} == {"drop-column", "drop-table"}
    assert {(loss.identity, loss.rows) for loss in plan.losses} >= {("public.goods", 2)}
    assert (plan.risks[0]["line"], plan.risks[0]["version"]) == (5, "2")
    assert plan.rehearsal.ok
    assert shop.ask("select count(note) from goods") == 1


def test_a_backup_goes_before_an_undo_that_destroys(shop: Project) -> None:
    ended = shop.carry_out(shop.preview_undo())

    assert ended.result is not None
    assert ended.result["backup_id"] is not None
    assert (ended.result["applied"], ended.result["undone"]) == (
        [],
        [{"version": "2", "name": "step"}],
    )


def test_in_production_an_undo_wants_the_name_and_each_grave_risk(shop: Project) -> None:
    shop.become("production")
    plan = shop.preview_undo(place=None)

    with pytest.raises(RequirementsMissing) as refused:
        shop.carry_out(plan)
    word = shop.environment.confirmation_word
    ended = shop.carry_out(plan, confirmation=word, accepted=["drop-column"])

    assert {r["kind"] for r in refused.value.details["missing"]} == {"confirmation", "accept_risk"}
    assert ended.state == "succeeded"


def test_what_was_applied_is_undone_even_when_its_file_is_gone(shop: Project) -> None:
    (shop.folder / "2_step.sql").unlink()

    shop.undo()

    assert shop.states() == {1: "applied", 2: "undone"}
    assert status(shop.vado, shop.environment)["missing"] == []


@pytest.mark.parametrize("down", [None, "  "])
def test_a_migration_without_a_way_back_is_refused_by_name(shop: Project, down: str | None) -> None:
    shop.write(3, "create view v as select 1 as one;", down)
    shop.apply()

    error = shop.refusal(start_undo(shop.vado, shop.environment, UndoWanted("1")))

    assert error["code"] == "undo_impossible"
    assert "3_step has no down section" in error["message"]


def test_a_way_back_that_fails_leaves_all_as_it_was(shop: Project) -> None:
    shop.write(3, "create view v as select 1 as one;", "drop view v;\nselect nothing;")
    shop.apply()
    plan = shop.preview_undo(place=None)

    ended = shop.carry_out(plan)

    assert plan.rehearsal.error is not None
    assert ended.state == "failed"
    assert ended.result is not None
    assert (ended.result["failed"]["line"], ended.result["not_run"]) == (6, [])
    assert shop.states()[3] == "applied"
    assert shop.ask("select one from v") == 1


def test_a_plan_to_undo_is_outdated_when_the_ledger_moved(shop: Project) -> None:
    plan = shop.preview_undo()
    shop.write(3, "select 1;", "select 2;")
    shop.apply()

    with pytest.raises(PlanOutdated) as refused:
        shop.carry_out(plan)

    assert refused.value.details["changed"] == ["ledger"]


def test_a_way_back_outside_a_transaction_goes_on_where_it_stopped(shop: Project) -> None:
    shop.write(
        3,
        "create index concurrently by_note on goods (note);\ncreate view v as select 1 as one;",
        "drop view v;\ndrop index concurrently by_note;\ndrop index concurrently missing;",
    )
    shop.apply()
    failed = shop.carry_out(shop.preview_undo())
    half = status(shop.vado, shop.environment)

    refused = shop.refusal(start_preview(shop.vado, shop.environment, Wanted()))
    shop.run("create index missing on goods (note)")
    again = shop.preview_undo(place=None)
    ended = shop.carry_out(again)

    assert failed.state == "failed"
    assert (half["partial"]["version"], half["partial"]["direction"]) == ("3", "down")
    assert [s["state"] for s in half["partial"]["steps"]] == ["done", "done", "failed"]
    assert refused["code"] == "ledger_conflict"
    assert [s.duration_ms is not None for s in again.statements] == [False, False, True]
    assert ended.state == "succeeded", ended.error
    assert shop.states()[3] == "undone"
    assert shop.ask("select count(*) from vado.migration_step") == 0
    shop.apply()
    assert shop.states()[3] == "applied"


def test_a_way_back_that_only_the_file_has_is_pointed_at(project: Project) -> None:
    project.write(1, "create table t (a int);")
    project.apply()
    project.write(1, "create table t (a int);", "drop table t;")

    operation = start_undo(project.vado, project.environment, UndoWanted())
    operation = project.vado.jobs.wait(operation.id, 60)

    assert operation.error is not None
    assert operation.error["code"] == "undo_impossible"
    assert "vado repair" in operation.error["hint"]
