"""Facts about a migration that stopped half-way: what was done is taken back, and proven to be."""

from typing import Any

import pytest

from tests.integration.migrations.lifecycle.conftest import Project
from vado.application import start_apply, start_preview, start_repair, start_undo, status
from vado.errors import PlanOutdated
from vado.migrations import ApplyRequest, RepairRequest, UndoWanted, Wanted, difference
from vado.migrations.repair import RepairAction
from vado.operations import Operation
from vado.preview import Place, Plan

FAILS = "create unique index concurrently orders_ref on orders (ref);"
UP = f"""create table refunds (id int primary key);
alter table orders add column paid boolean;
{FAILS}
create index concurrently orders_paid on orders (paid);"""


@pytest.fixture
def orders(project: Project) -> Project:
    """A table with rows that are twice the same."""
    project.run("create table orders (ref int)")
    project.run("insert into orders values (1), (1)")
    return project


def failed(project: Project) -> Operation:
    plan = project.preview(place="text")
    ended = project.carry_out(plan)
    assert ended.state == "failed", ended
    return ended


def undo_half(project: Project, place: Place | None = "text", **wanted: Any) -> Plan:
    request = UndoWanted(place=place, **wanted)
    return project.plan_of(start_undo(project.vado, project.environment, request))


def refused(project: Project, **wanted: Any) -> dict[str, Any]:
    request = UndoWanted(place="text", **wanted)
    return project.refusal(start_undo(project.vado, project.environment, request))


def carried_out(project: Project, plan: Plan) -> dict[str, Any]:
    ended = project.carry_out(plan)
    assert ended.state == "succeeded", ended.error
    assert ended.result is not None
    return ended.result


def partial(project: Project) -> dict[str, Any]:
    found: dict[str, Any] = status(project.vado, project.environment)["partial"]
    return found


def ran(plan: Plan) -> list[str]:
    return [statement.sql for statement in plan.statements]


def ways(plan: Plan) -> list[tuple[str, list[str]]]:
    return [(t["way_back"]["code"], t["way_back"]["sql"]) for t in plan.taken_back]


def test_what_was_done_is_taken_back_last_one_first(orders: Project) -> None:
    orders.write(1, UP)
    failed(orders)

    plan = undo_half(orders)
    result = carried_out(orders, plan)

    assert ran(plan) == [
        "drop index concurrently if exists public.orders_ref",
        "alter table orders drop column paid",
        "drop table refunds",
    ]
    assert [code for code, _ in ways(plan)] == ["inverse", "inverse", "catalogue"]
    assert (result["undone"], result["restored"]) == ([{"version": "1", "name": "step"}], True)
    assert orders.states() == {1: "undone"}
    assert orders.ask("select to_regclass('refunds')") is None
    assert orders.ask("select count(*) from pg_index where indrelid = 'orders'::regclass") == 0
    found = status(orders.vado, orders.environment, drift=True)
    assert (found["partial"], found["drift"]["drifted"]) == (None, False)


def test_the_rehearsal_proves_that_the_schema_is_again_as_before(orders: Project) -> None:
    orders.write(1, UP)
    failed(orders)

    plan = undo_half(orders, place=None)

    [migration] = plan.migrations
    assert plan.rehearsal.ok
    assert (migration["way"], migration["direction"]) == ("done", "down")
    assert migration["restored"]["code"] in {"equal_before", "other_version"}
    if migration["restored"]["code"] == "equal_before":
        assert (migration["restored"]["schema"], migration["restored"]["data"]) == (True, True)


def test_the_place_of_a_way_back_is_that_of_what_it_takes_back(orders: Project) -> None:
    orders.write(1, UP)
    failed(orders)

    plan = undo_half(orders)

    assert [s.line for s in plan.statements] == [4, 3, 2]
    assert {(r["rule"], r["line"]) for r in plan.risks} >= {("drop-table", 2), ("drop-column", 3)}


def test_what_is_undone_can_be_applied_again(orders: Project) -> None:
    orders.write(1, UP)
    failed(orders)
    carried_out(orders, undo_half(orders))
    orders.run("delete from orders")

    orders.apply()

    assert orders.states() == {1: "applied"}


def test_the_authors_own_way_back_is_preferred(orders: Project) -> None:
    down = "drop index if exists orders_ref;\nalter table public.orders drop column if exists paid;"
    orders.write(1, f"alter table orders add column paid boolean;\n{FAILS}", down)
    failed(orders)

    plan = undo_half(orders)

    assert ways(plan)[0] == ("down", ["alter table public.orders drop column if exists paid"])


def test_a_view_that_was_replaced_is_taken_back_by_the_mirrored_statement(orders: Project) -> None:
    orders.run("create view v as select 1 as a")
    up = f"create table t (a int);\ncreate or replace view v as select 2 as a;\n{FAILS}"
    down = f"{'drop index orders_ref;'}\ncreate or replace view v as select 1 as a;\ndrop table t;"
    orders.write(1, up, down)
    failed(orders)

    plan = undo_half(orders)

    assert ways(plan)[1] == ("down", ["create or replace view v as select 1 as a"])
    assert carried_out(orders, plan)["restored"] is True


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("update orders set ref = 2 where false", "data"),
        ("drop table gone", "dropped"),
        ("do $$ begin execute 'create table made (a int)'; end $$", "dynamic"),
        ("select setval('numbers', 7)", "dynamic"),
        ("alter type mood add value 'glad'", "enum_value"),
        ("create or replace function f() returns int language sql as 'select 2'", "replaced"),
    ],
)
def test_what_nobody_knows_how_to_take_back_is_said_and_nothing_is_pretended(
    orders: Project, statement: str, reason: str
) -> None:
    orders.run("create table gone (a int)")
    orders.run("create sequence numbers")
    orders.run("create type mood as enum ('sad')")
    orders.write(1, f"create table fine (a int);\n{statement};\n{FAILS}")
    failed(orders)

    error = refused(orders)

    assert error["code"] == "undo_impossible"
    [unknown] = error["details"]["statements"]
    assert (unknown["number"], unknown["reason"]) == (2, reason)
    assert error["details"]["down"] is False
    offers = {o["action"]: o for o in partial(orders)["offers"]}
    assert (offers["undo"]["available"], offers["undo"]["code"]) == (False, "no_way_back")
    assert (offers["resume"]["available"], offers["mark_applied"]["available"]) == (True, True)
    assert orders.states() == {1: "partial"}


def test_the_down_section_as_a_whole_is_run_when_it_is_chosen(orders: Project) -> None:
    down = "drop index if exists orders_ref;\nalter table orders drop column if exists paid;"
    up = f"alter table orders add column paid boolean;\nupdate orders set paid = true;\n{FAILS}"
    orders.write(1, up, down)
    failed(orders)
    assert refused(orders)["details"]["down"] is True

    plan = undo_half(orders, place=None, way="down")
    result = carried_out(orders, plan)

    assert plan.rehearsal.ok
    assert (plan.migrations[0]["way"], result["restored"]) == ("down", True)
    assert orders.states() == {1: "undone"}


def test_a_down_section_that_drops_what_was_never_made_fails_in_the_rehearsal(
    orders: Project,
) -> None:
    orders.write(1, f"{FAILS}\ncreate table late (a int);", "drop table late;")
    failed(orders)

    plan = undo_half(orders, place=None, way="down")

    assert plan.rehearsal.error is not None
    assert "late" in plan.rehearsal.error["message"]


def test_an_undo_that_was_cut_short_goes_on_with_what_it_began_with(orders: Project) -> None:
    orders.run("create table log (a int)")
    up = f"create table refunds (id int);\nalter table orders add column paid boolean;\n{FAILS}"
    orders.write(1, up)
    failed(orders)
    plan = undo_half(orders)
    # What somebody else builds on the column stands in the way.
    orders.run("create view v as select paid from orders")
    assert project_refuses(orders, plan) == "plan_outdated"
    plan = undo_half(orders)

    ended = orders.carry_out(plan)

    assert ended.state == "failed"
    found = partial(orders)
    assert (found["direction"], found["way"], found["statements_done"]) == ("down", "done", 1)
    assert [s["state"] for s in found["steps"]] == ["done", "pending", "pending"]
    assert [o["action"] for o in found["offers"]] == ["resume", "mark_applied", "mark_pending"]
    orders.run("drop view v")
    plan = undo_half(orders)
    assert (plan.migrations[0]["statements_done"], plan.taken_back) == (1, ())
    assert carried_out(orders, plan)["restored"] is True
    assert orders.ask("select undo is null from vado.migration")
    assert orders.states() == {1: "undone"}


def project_refuses(project: Project, plan: Plan) -> str:
    with pytest.raises(PlanOutdated) as refused:
        start_apply(project.vado, project.environment, ApplyRequest(plan, consent=True))
    return refused.value.code


def test_a_half_done_undo_is_not_gone_on_with_upwards(orders: Project) -> None:
    orders.write(1, f"alter table orders add column paid boolean;\n{FAILS}")
    failed(orders)
    orders.run("create view v as select paid from orders")
    assert orders.carry_out(undo_half(orders)).state == "failed"

    found = status(orders.vado, orders.environment)

    assert found["partial"]["direction"] == "down"


def test_a_file_that_is_gone_does_not_keep_what_was_done_from_being_undone(
    orders: Project,
) -> None:
    path = orders.write(1, UP)
    failed(orders)
    path.unlink()

    found = partial(orders)
    offers = {o["action"]: (o["available"], o["code"]) for o in found["offers"]}
    result = carried_out(orders, undo_half(orders))

    assert found["file"] == "missing"
    assert offers["resume"] == (False, "file_missing")
    assert offers["mark_applied"] == (False, "file_missing")
    assert offers["undo"] == (True, None)
    assert result["restored"] is True


def test_a_file_edited_in_what_is_done_is_not_resumed_and_can_be_undone(orders: Project) -> None:
    orders.write(1, UP)
    failed(orders)
    orders.write(1, UP.replace("refunds", "returns"))

    found = partial(orders)
    offers = {o["action"]: (o["available"], o["code"]) for o in found["offers"]}

    assert found["file"] == "edited"
    assert found["steps"][0]["statement"].startswith("create table refunds")
    assert offers["resume"] == (False, "file_edited")
    assert carried_out(orders, undo_half(orders))["restored"] is True


def test_a_file_corrected_behind_what_is_done_may_go_either_way(orders: Project) -> None:
    orders.write(1, UP)
    failed(orders)
    orders.write(1, UP.replace("unique index", "index"))

    found = partial(orders)

    assert found["file"] == "corrected"
    assert all(o["available"] for o in found["offers"] if o["action"] in {"resume", "undo"})
    assert found["steps"][2]["statement"].startswith("create unique index")


def test_a_file_shortened_to_what_is_done_is_applied_and_leaves_no_invalid_index(
    orders: Project,
) -> None:
    orders.write(1, f"alter table orders add column paid boolean;\n{FAILS}")
    failed(orders)
    orders.write(1, "alter table orders add column paid boolean;")

    orders.apply()

    assert orders.states() == {1: "applied"}
    assert orders.ask("select count(*) from pg_index where indrelid = 'orders'::regclass") == 0


def test_of_two_half_done_ones_each_can_be_undone(orders: Project) -> None:
    orders.write(2, f"create table second (a int);\n{FAILS}")
    failed(orders)
    orders.write(1, f"create table first (a int);\n{FAILS.replace('orders_ref', 'other')}")
    plan = orders.preview(place="text", out_of_order=True)
    assert orders.carry_out(plan, accepted={"out-of-order"}).state == "failed"

    both = [entry["version"] for entry in status(orders.vado, orders.environment)["half_done"]]
    carried_out(orders, undo_half(orders, version="1"))
    carried_out(orders, undo_half(orders, version="2"))

    assert both == ["1", "2"]
    assert orders.states() == {1: "undone", 2: "undone"}
    assert orders.ask("select to_regclass('first') is null and to_regclass('second') is null")


def test_undo_to_a_version_takes_the_half_done_one_first(orders: Project) -> None:
    orders.write(1, "create table a (a int);", "drop table a;")
    orders.apply()
    orders.write(2, f"create table b (a int);\n{FAILS}")
    failed(orders)

    carried_out(orders, undo_half(orders, to="0"))

    assert orders.states() == {1: "undone", 2: "undone"}
    assert orders.ask("select to_regclass('a') is null and to_regclass('b') is null")


def test_one_that_is_not_half_done_is_not_asked_for_by_its_version(orders: Project) -> None:
    orders.write(1, "create table a (a int);", "drop table a;")
    orders.apply()

    assert "is not half done" in refused(orders, version="1")["message"]


def test_nothing_done_leaves_nothing_to_run(orders: Project) -> None:
    orders.write(1, "vacuum missing;\ncreate table a (a int);")
    failed(orders)

    plan = undo_half(orders)

    assert (ran(plan), ways(plan)) == ([], [("nothing", [])])
    assert carried_out(orders, plan)["restored"] is True
    assert orders.states() == {1: "undone"}


def repaired(project: Project, action: RepairAction, checksum: str | None) -> Operation:
    request = RepairRequest("1", action, checksum)
    return start_repair(project.vado, project.environment, request, None)


def test_the_file_of_a_half_done_one_is_brought_back_and_its_record_is_not_fixed(
    orders: Project,
) -> None:
    orders.write(1, UP)
    failed(orders)
    path = orders.write(1, UP.replace("refunds", "returns"))
    found = difference(orders.environment, "1")
    conflict = orders.refusal(start_preview(orders.vado, orders.environment, Wanted()))

    fixed = orders.ended(repaired(orders, "fix_record", found.file_checksum))
    restored = orders.ended(repaired(orders, "restore_file", found.file_checksum))

    assert (found.half_done, "refunds" in found.diff) == (True, True)
    assert "is half done, and was edited" in conflict["message"]
    assert "`vado repair 1`" in conflict["hint"]
    assert (fixed.state, restored.state) == ("failed", "succeeded")
    assert "refunds" in path.read_text()
    assert partial(orders)["file"] == "as_begun"
