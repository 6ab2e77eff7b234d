"""Waiting for others: in short tries, told while it lasts, and never in each other's way."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.integration.migrations.conftest import Project
from tests.integration.migrations.test_faults import until
from vado.database import connect
from vado.errors import MigrationFileInvalid
from vado.migrations import ApplyRequest, apply_plan, read_folder
from vado.migrations.patience import Waits
from vado.operations import Operation, Request

GRAVE = "drop table if exists nothing;\n"


@contextmanager
def held(project: Project, statement: str = "lock table t in share mode") -> Iterator[int]:
    """Let another session hold what a migration of t needs."""
    with connect(project.target, application_name="report") as other, other.transaction():
        other.run(statement)
        yield other.backend_pid


def start(project: Project, locks_s: float) -> Operation:
    plan = project.plan()
    request = ApplyRequest(plan, consent=True, waits=Waits(locks_s=locks_s))
    return project.vado.start(
        Request("apply", project.environment.name, plan.plan_id),
        lambda job: apply_plan(project.environment, request, project.vado.plans, job),
    )


def log(project: Project, operation: Operation) -> list[str]:
    return [line["message"] for line in project.vado.jobs.log_of(operation.id)]


def prepared(project: Project, text: str) -> None:
    project.write("1_a.sql", "create table t (a int);")
    project.applied()
    project.write("2_b.sql", f"-- vado: lock_timeout=200ms\n{text}")


@pytest.mark.fault
@pytest.mark.parametrize("grave", ["", GRAVE], ids=["at once", "watched"])
def test_a_migration_that_gets_no_lock_is_tried_again(project: Project, grave: str) -> None:
    prepared(project, f"{grave}alter table t add b int;")

    with held(project):
        operation = start(project, locks_s=30)
        until(lambda: any("to be tried again" in line for line in log(project, operation)))

    ended = project.ended(operation)
    assert ended.state == "succeeded", ended.error
    assert project.states() == {"1": "applied", "2": "applied"}


@pytest.mark.fault
def test_the_transactional_part_of_a_migration_in_steps_is_tried_again(project: Project) -> None:
    project.run("create table other (a int)")
    prepared(project, "vacuum other;\nalter table t add b int;")

    with held(project):
        operation = start(project, locks_s=30)
        until(lambda: any("to be tried again" in line for line in log(project, operation)))

    assert project.ended(operation).state == "succeeded"


def test_the_tries_come_to_an_end(project: Project) -> None:
    prepared(project, "alter table t add b int;")

    with held(project):
        ended = project.ended(start(project, locks_s=0.8))

    assert ended.error is not None
    assert ended.error["details"]["sqlstate"] == "55P03"
    assert ended.error["details"]["tries"] >= 2
    assert "Another session kept the lock" in ended.error["hint"]
    assert project.states() == {"1": "applied", "2": "pending"}


@pytest.mark.fault
def test_a_cancel_ends_the_pause_between_tries(project: Project) -> None:
    prepared(project, "alter table t add b int;")

    with held(project):
        operation = start(project, locks_s=60)
        until(lambda: log(project, operation))
        begun = time.monotonic()
        project.vado.jobs.cancel(operation.id)
        ended = project.ended(operation)

    assert ended.state == "cancelled"
    assert time.monotonic() - begun < 2


@pytest.mark.fault
def test_while_it_waits_the_one_in_the_way_is_named(project: Project) -> None:
    project.write("1_a.sql", "create table t (a int);")
    project.applied()
    project.write("2_b.sql", "-- vado: lock_timeout=20s\nalter table t add b int;")

    def params() -> dict[str, object]:
        progress = project.vado.jobs.get(operation.id).progress or {}
        return dict((progress.get("step") or {}).get("params") or {})

    with held(project) as pid:
        operation = start(project, locks_s=30)
        until(lambda: params().get("blocked_by") == pid)
        told = params()

    assert told["version"] == "2"
    assert told["blocker"] == f"{project.target.user}@local"
    assert told["blocker_query"] == "lock table t in share mode"
    assert project.ended(operation).state == "succeeded"


@pytest.mark.fault
def test_a_concurrent_build_waits_for_others_and_not_for_vado_itself(project: Project) -> None:
    project.write("1_a.sql", "create table t (a int);\ninsert into t values (1);")
    project.applied()
    project.write("2_b.sql", "create index concurrently t_a on t (a);")

    with held(project, "insert into t values (2)") as pid:
        operation = start(project, locks_s=30)
        until(lambda: any(f"process {pid}" in line for line in log(project, operation)))
        # Longer than any lock_timeout: the build is left alone, since nobody queues behind it.
        time.sleep(3.2)
        assert not project.vado.jobs.get(operation.id).ended

    assert project.ended(operation).state == "succeeded"
    assert project.value("select indisvalid from pg_index where indrelid = 't'::regclass")


@pytest.mark.parametrize(
    ("header", "limit_ms"),
    [
        ("-- vado: lock_timeout=10s", 10_000),
        ("-- a comment\r\n-- vado: depends=1 lock_timeout=250ms\r\n-- migrate:up", 250),
        ("-- VADO: LOCK_TIMEOUT=2min", 120_000),
        ("-- vado: lock_timeout=0s", 0),
        ("-- lock_timeout=10s", None),
        ("select 1;\n-- vado: lock_timeout=10s", None),
    ],
)
def test_a_header_sets_the_limit_of_one_file(
    project: Project, header: str, limit_ms: int | None
) -> None:
    project.write("1_a.sql", f"{header}\nselect 1;")

    [migration] = read_folder(project.folder)

    assert migration.lock_timeout_ms == limit_ms


@pytest.mark.parametrize("value", ["10", "soon", "-1s", "99999999min", ""])
def test_a_limit_that_says_nothing_is_refused(project: Project, value: str) -> None:
    project.write("1_a.sql", f"-- vado: lock_timeout={value}\nselect 1;")

    with pytest.raises(MigrationFileInvalid, match="lock_timeout"):
        read_folder(project.folder)
