"""What an operation tells of while it waits and works: who, how many, and how far."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.integration.migrations.conftest import Project
from tests.integration.migrations.test_faults import until
from tests.integration.migrations.test_waits import held, log
from vado.database import MIGRATION_LOCK, Target, connect
from vado.errors import StatementFailed
from vado.migrations import ApplyRequest, Waits, apply_plan
from vado.operations import Operation, Request

SLOW = (
    "create function slow(int) returns int language plpgsql immutable "
    "as $$ begin perform pg_sleep(0.002); return $1; end $$"
)


def start(project: Project, waits: Waits | None = None) -> Operation:
    plan = project.plan()
    request = ApplyRequest(plan, consent=True, waits=waits or Waits())
    return project.vado.start(
        Request("apply", project.environment.name, plan.plan_id),
        lambda job: apply_plan(project.environment, request, project.vado.plans, job),
    )


def progress(project: Project, operation: Operation) -> dict[str, Any]:
    return dict(project.vado.jobs.get(operation.id).progress or {})


def told(project: Project, operation: Operation) -> dict[str, Any]:
    return dict((progress(project, operation).get("step") or {}).get("params") or {})


@contextmanager
def queueing(target: Target, statement: str) -> Iterator[None]:
    """Let another session wait behind the migration until it is cut short."""

    def work() -> None:
        with connect(target, application_name="shop") as session:
            session.execute("set lock_timeout = '4s'")
            try:
                session.run(statement)
            except StatementFailed:
                return

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        thread.join()


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("create index on t (slow(a))", id="index"),
        pytest.param("create index concurrently on t (slow(a))", id="concurrently"),
        pytest.param("vacuum full t", id="rewrite"),
    ],
)
def test_the_blocks_of_a_build_are_counted(project: Project, statement: str) -> None:
    project.run(
        SLOW,
        "create table t (a int, filler text)",
        "insert into t select g, repeat('x', 900) from generate_series(1, 800) g",
        "create index on t (slow(a))",
    )
    project.write("1_a.sql", statement)
    operation = start(project)

    until(lambda: progress(project, operation).get("unit") == "blocks")

    found = progress(project, operation)
    assert 0 <= found["done"] <= found["total"]
    assert found["total"] >= 50
    assert project.ended(operation).state == "succeeded"


def test_whoever_queues_behind_is_counted(project: Project) -> None:
    project.run("create table t (a int)")
    project.write("1_a.sql", "-- vado: lock_timeout=20s\nalter table t add b int;")

    with held(project) as pid:
        operation = start(project)
        until(lambda: told(project, operation).get("blocked_by") == pid)
        with queueing(project.target, "select * from t"):
            until(lambda: told(project, operation).get("queue") == 1)

    assert project.ended(operation).state == "succeeded"
    assert "blocked_by" not in told(project, operation)


@pytest.mark.fault
def test_an_apply_waits_for_another_vado_as_long_as_it_was_asked_to(project: Project) -> None:
    project.write("1_a.sql", "create table t (a int);")

    with connect(project.target, application_name="vado apply") as other:
        other.rows("select pg_advisory_lock(%(lock)s)", lock=MIGRATION_LOCK)
        operation = start(project, Waits(another_vado_s=30))
        until(lambda: told(project, operation).get("blocked_by") == other.backend_pid)
        assert "pg_advisory_lock" in told(project, operation)["blocker_query"]
        assert any(f"process {other.backend_pid}" in line for line in log(project, operation))

    assert project.ended(operation).state == "succeeded"


def test_another_vado_is_named_with_its_statement_when_the_time_is_over(project: Project) -> None:
    project.write("1_a.sql", "create table t (a int);")

    with connect(project.target, application_name="vado apply") as other:
        other.rows("select pg_advisory_lock(%(lock)s)", lock=MIGRATION_LOCK)
        begun = time.monotonic()
        ended = project.ended(start(project, Waits(another_vado_s=0.5)))
        assert time.monotonic() - begun > 0.5

    assert ended.error is not None
    assert ended.error["code"] == "lock_not_obtained"
    assert f"process {other.backend_pid} of {project.target.user}@local" in ended.error["message"]
    assert "pg_advisory_lock" in ended.error["message"]
    assert ended.error["details"]["holder"]["since"]
