"""Every way in which a migration can stop half-way, and every way out of it."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.integration.migrations.conftest import once
from tests.integration.migrations.lifecycle.conftest import Project, url_of
from tests.integration.migrations.lifecycle.test_half_undo import (
    carried_out,
    partial,
    ran,
    refused,
    undo_half,
    ways,
)
from vado.application import start_apply, start_mark, start_preview, start_undo, status
from vado.database import connect
from vado.migrations import ApplyRequest, MarkWanted, UndoWanted, Wanted
from vado.operations import Operation
from vado.preview import Plan

pytestmark = pytest.mark.fault


@contextmanager
def reading(project: Project, table: str) -> Iterator[None]:
    """Keep a transaction open that has read a table, which every CONCURRENTLY waits for."""
    with connect(project.environment.target) as session, session.transaction():
        session.run(f"table {table}")
        session.run("select txid_current()")
        yield


def stopped(project: Project, table: str, until: str) -> Operation:
    """Cancel an apply once it waits and *until* is true."""
    plan = project.preview(place="text")
    with reading(project, table):
        request = ApplyRequest(plan, consent=True)
        operation = start_apply(project.vado, project.environment, request)
        wait_for(project, until)
        project.vado.jobs.cancel(operation.id)
        ended = project.ended(operation)
    assert ended.state == "cancelled", ended
    return ended


def wait_for(project: Project, until: str) -> None:
    deadline = time.monotonic() + 30
    while not project.ask(f"select exists({until})"):
        assert time.monotonic() < deadline, f"never: {until}"
        time.sleep(0.05)


def offered(project: Project) -> dict[str, Any]:
    return {o["action"]: o for o in partial(project)["offers"]}


def taken(project: Project, offer: dict[str, Any]) -> dict[str, Any]:
    """Take a way out as the page does: what it offers is all that is needed."""
    body = offer["body"]
    start = {
        "/api/migrations/dry-run": lambda: start_preview(
            project.vado, project.environment, Wanted(to=body["to"], place="text")
        ),
        "/api/migrations/undo": lambda: start_undo(
            project.vado, project.environment, UndoWanted(place="text", **body)
        ),
        "/api/migrations/mark": lambda: start_mark(
            project.vado, project.environment, MarkWanted(body["version"], body["as"])
        ),
    }[offer["path"]]
    return carried_out(project, project.plan_of(start()))


PARTS = """create table part_of (a int) partition by list (a);
create table part_1 partition of part_of for values in (1);
create table part_2 partition of part_of for values in (2);
insert into part_of values (1), (2);"""
DETACH = "alter table part_of detach partition part_1 concurrently;"
PENDING = "select from pg_inherits where inhdetachpending"


@pytest.fixture
def parts(project: Project) -> Project:
    """A partitioned table, and a migration that detaches a part of it."""
    project.write(1, PARTS, "drop table part_of;")
    project.apply()
    project.write(2, f"create table other (a int);\n{DETACH}\ncreate table more (a int);")
    return project


def attached(project: Project) -> int:
    found: int = project.ask(
        "select count(*) from pg_inherits where inhparent = to_regclass('part_of')"
    )
    return found


def test_a_detach_that_was_cut_short_is_found_done_but_for_its_last_part(parts: Project) -> None:
    stopped(parts, "part_of", PENDING)

    steps = partial(parts)["steps"]

    assert [(s["state"], s["evidence"]) for s in steps] == [
        ("done", "ledger"),
        ("done", "catalogue"),
        ("pending", "none"),
    ]


def test_a_detach_that_was_cut_short_is_finished_when_it_goes_on(parts: Project) -> None:
    stopped(parts, "part_of", PENDING)

    plan = parts.preview()
    carried_out(parts, plan)

    assert plan.rehearsal.ok, plan.rehearsal.error
    assert parts.states() == {1: "applied", 2: "applied"}
    assert attached(parts) == 1
    assert parts.ask("select count(*) from part_1") == 1


def test_a_detach_that_was_cut_short_is_finished_and_attached_again(parts: Project) -> None:
    before = parts.ask("select count(*) from pg_constraint")
    stopped(parts, "part_of", PENDING)

    plan = undo_half(parts, place=None)
    result = carried_out(parts, plan)

    assert plan.rehearsal.ok, plan.rehearsal.error
    assert ran(plan)[:2] == [
        "alter table public.part_of detach partition public.part_1 finalize",
        "alter table public.part_of attach partition public.part_1 FOR VALUES IN (1)",
    ]
    assert (attached(parts), result["restored"]) == (2, True)
    assert parts.ask("select count(*) from pg_constraint") == before
    assert parts.ask("select count(*) from part_of") == 2


def test_a_detach_that_is_done_is_attached_again(parts: Project) -> None:
    parts.write(2, f"{DETACH}\nselect 1/0;")
    assert parts.carry_out(parts.preview(place="text")).state == "failed"

    plan = undo_half(parts, place=None)

    assert plan.rehearsal.ok, plan.rehearsal.error
    assert carried_out(parts, plan)["restored"] is True
    assert attached(parts) == 2


INDEXED = "create table t (a int, b int); create index t_a on t (a) where b > 0;"


@pytest.fixture
def indexed(project: Project) -> Project:
    """A table with an index, and a migration that drops it."""
    project.run("create table t (a int, b int)")
    project.run("create unique index t_a on t (a desc) include (b) where b > 0")
    project.write(1, "create table other (a int);\ndrop index concurrently t_a;\nselect 1/0;")
    return project


def test_a_dropped_index_is_built_again_as_it_was(indexed: Project) -> None:
    definition = indexed.ask("select pg_get_indexdef('t_a'::regclass)")
    assert indexed.carry_out(indexed.preview(place="text")).state == "failed"

    plan = undo_half(indexed, place=None)

    assert plan.rehearsal.ok, plan.rehearsal.error
    assert ways(plan)[1][0] == "catalogue"
    assert carried_out(indexed, plan)["restored"] is True
    assert indexed.ask("select pg_get_indexdef('t_a'::regclass)") == definition


def test_an_index_that_is_dropped_by_half_is_built_again_or_dropped_wholly(
    indexed: Project,
) -> None:
    stopped(indexed, "t", "select from pg_index where not indisvalid")

    steps = partial(indexed)["steps"]
    plan = undo_half(indexed, place=None)

    assert [s["state"] for s in steps] == ["done", "done", "pending"]
    assert plan.rehearsal.ok, plan.rehearsal.error
    assert carried_out(indexed, plan)["restored"] is True
    assert indexed.ask("select indisvalid from pg_index where indrelid = 't'::regclass")


BUILD = "create index concurrently t_b on t (b);"
HALF_BUILT = "select from pg_index where not indisvalid"


@pytest.fixture
def built(project: Project) -> Project:
    """A table, and a migration that builds an index on it."""
    project.run("create table t (a int, b int)")
    project.write(1, f"create table other (a int);\n{BUILD}", "drop table if exists other;")
    return project


@pytest.mark.parametrize(
    ("action", "state", "valid"),
    [
        ("resume", "applied", True),
        ("undo", "undone", None),
        pytest.param("undo_down", "undone", False, marks=once),
        pytest.param("mark_applied", "applied", False, marks=once),
        pytest.param("mark_pending", "undone", False, marks=once),
    ],
)
def test_each_way_out_of_a_build_that_was_cancelled(
    built: Project, action: str, state: str, *, valid: bool | None
) -> None:
    stopped(built, "t", HALF_BUILT)

    taken(built, offered(built)[action])

    found = status(built.vado, built.environment, drift=True)
    assert built.states() == {1: state}
    assert built.ask(
        "select bool_and(indisvalid) from pg_index where indrelid = 't'::regclass"
    ) is (valid)
    assert (found["partial"], found["drift"]["drifted"]) == (None, False)


@pytest.mark.parametrize("action", ["resume", "undo"])
def test_a_build_that_the_server_finished_alone(built: Project, action: str) -> None:
    stopped(built, "t", HALF_BUILT)
    # As if the server had gone on after Vado was gone.
    built.run("drop index t_b")
    built.run(BUILD.replace("concurrently ", ""))
    built.run("update vado.migration_step set state = 'started', error = null")

    found = partial(built)
    taken(built, offered(built)[action])

    assert [(s["state"], s["evidence"]) for s in found["steps"]] == [
        ("done", "ledger"),
        ("done", "catalogue"),
    ]
    there = built.ask("select to_regclass('t_b') is not null")
    assert there is (action == "resume")


def test_while_the_server_is_still_at_work_no_way_out_is_offered(built: Project) -> None:
    plan = built.preview(place="text")
    with reading(built, "t"):
        request = ApplyRequest(plan, consent=True)
        operation = start_apply(built.vado, built.environment, request)
        wait_for(built, HALF_BUILT)

        found = partial(built)

        assert found["steps"][1]["running_pid"] is not None
        assert {(o["available"], o["code"]) for o in found["offers"]} == {(False, "at_work")}
        built.vado.jobs.cancel(operation.id)
        built.ended(operation)


ENUM = "alter type mood add value 'glad';"


@pytest.fixture
def mood(project: Project) -> Project:
    """A type, and a migration that adds a value and uses it."""
    project.run("create type mood as enum ('sad')")
    project.write(1, f"{ENUM}\ncreate table t (m mood default 'glad');\nselect 1/0;")
    return project


@once
def test_an_added_value_stays_and_that_is_said(mood: Project) -> None:
    assert mood.carry_out(mood.preview(place="text")).state == "failed"

    error = refused(mood)
    offers = offered(mood)

    assert [s["reason"] for s in error["details"]["statements"]] == ["enum_value"]
    assert not offers["undo"]["available"]
    taken(mood, offers["mark_pending"])
    assert mood.states() == {1: "undone"}


def test_after_a_value_was_added_the_rest_goes_on(mood: Project) -> None:
    assert mood.carry_out(mood.preview(place="text")).state == "failed"
    mood.write(1, f"{ENUM}\ncreate table t (m mood default 'glad');")

    taken(mood, offered(mood)["resume"])

    assert mood.states() == {1: "applied"}


@once
def test_a_file_without_a_transaction_is_taken_back_statement_by_statement(
    project: Project,
) -> None:
    path = project.write(1, "create table a (a int);\ncreate table b (a int);\nselect 1/0;")
    path.write_text(path.read_text().replace("migrate:up", "migrate:up transaction:false"))
    assert project.carry_out(project.preview(place="text")).state == "failed"

    found = partial(project)
    plan = undo_half(project)

    assert [s["evidence"] for s in found["steps"]] == ["journal", "journal", "journal"]
    assert ran(plan) == ["drop table b", "drop table a"]
    assert carried_out(project, plan)["restored"] is True


@once
def test_code_outside_a_transaction_may_have_committed_a_part(project: Project) -> None:
    project.run("create table t (a int)")
    project.run(
        "create procedure fill() language plpgsql as"
        " $$ begin insert into t values (1); commit; perform 1/0; end $$"
    )
    path = project.write(1, "create table a (a int);\ncall fill();")
    path.write_text(path.read_text().replace("migrate:up", "migrate:up transaction:false"))
    assert project.carry_out(project.preview(place="text")).state == "failed"

    error = refused(project)

    assert project.ask("select count(*) from t") == 1
    assert [(s["number"], s["reason"]) for s in error["details"]["statements"]] == [
        (2, "unseen_end")
    ]


def killed(project: Project, plan: Plan) -> None:
    """Undo in a process of its own, and kill that with its session once an index is half built."""
    arguments = ["undo", "--plan", plan.plan_id, "--yes", "--json"]
    command = [
        sys.executable,
        "-m",
        "vado",
        *arguments,
        "--url",
        url_of(project.environment.target),
    ]
    folder = str(project.folder.parent)
    with reading(project, "t"):
        process = subprocess.Popen([*command, "-C", folder], stdout=subprocess.PIPE)
        wait_for(project, HALF_BUILT)
        process.kill()
        process.communicate()
        # What the server would go on with, were nobody in its way.
        project.ask(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where application_name = 'vado apply'"
        )


@once
def test_an_undo_that_was_killed_goes_on_from_the_evidence(indexed: Project) -> None:
    indexed.run("insert into t values (1, 1)")
    assert indexed.carry_out(indexed.preview(place="text")).state == "failed"
    killed(indexed, undo_half(indexed))

    found = partial(indexed)
    result = taken(indexed, offered(indexed)["resume"])

    assert (found["direction"], found["way"], found["statements_done"]) == ("down", "done", 0)
    assert found["steps"][0]["left_behind"] == ["public.t_a"]
    assert result["restored"] is True
    assert indexed.states() == {1: "undone"}
    assert indexed.ask("select indisvalid from pg_index where indrelid = 't'::regclass")
    assert indexed.ask("select to_regclass('other') is null")
