"""While somebody holds a table shut, its catalogue cannot be printed: tried again, told, ended."""

import time

import pytest

from tests.integration.migrations.conftest import Project
from tests.integration.migrations.test_faults import until
from tests.integration.migrations.test_waits import held, log
from vado.application import status
from vado.migrations import MarkWanted, Wanted, find_drift, preview_mark, preview_pending
from vado.operations import Job, Operation, Request
from vado.preview import read_patiently

SHUT = "lock table t in access exclusive mode"


@pytest.fixture
def standing(project: Project) -> Project:
    """A project whose catalogue has an expression that PostgreSQL prints under a lock."""
    project.write("1_a.sql", "create table t (a int default 1);\ncreate view v as select a from t;")
    project.applied()
    project.write("2_b.sql", "create table u (a int);")
    return project


def preview(project: Project) -> Operation:
    environment = project.environment

    def work(job: Job) -> None:
        preview_pending(environment, Wanted(None, "text"), job)

    return project.vado.start(Request("dry_run", environment.name), work)


def retried(project: Project, operation: Operation) -> bool:
    return any("to be tried again" in line for line in log(project, operation))


def told(project: Project, operation: Operation) -> dict[str, object]:
    progress = project.vado.jobs.get(operation.id).progress or {}
    return dict((progress.get("step") or {}).get("params") or {})


def test_a_preview_tries_again_and_names_who_is_in_the_way(standing: Project) -> None:
    with held(standing, SHUT) as pid:
        operation = preview(standing)
        until(lambda: retried(standing, operation))
        assert told(standing, operation)["blocked_by"] == pid
        assert told(standing, operation)["blocker_query"] == SHUT
        assert any(f"process {pid}" in line for line in log(standing, operation))

    assert standing.ended(operation).state == "succeeded"
    assert "blocked_by" not in told(standing, operation)


def test_an_apply_tries_again_before_it_begins(standing: Project) -> None:
    plan = standing.plan()

    with held(standing, SHUT):
        operation = standing.start(plan)
        until(lambda: retried(standing, operation))

    assert standing.ended(operation).state == "succeeded"
    assert standing.states() == {"1": "applied", "2": "applied"}


def test_a_cancel_ends_the_wait_at_once(standing: Project) -> None:
    with held(standing, SHUT):
        operation = preview(standing)
        time.sleep(1)
        begun = time.monotonic()
        standing.vado.jobs.cancel(operation.id)
        ended = standing.ended(operation)

    assert ended.state == "cancelled"
    assert time.monotonic() - begun < 2


def test_the_wait_comes_to_an_end(standing: Project) -> None:
    def work(job: Job) -> None:
        with standing.environment.session(read_only=True) as session:
            session.execute("set lock_timeout = '200ms'")
            read_patiently(session, job, 0.5)

    with held(standing, SHUT):
        operation = standing.vado.start(Request("dry_run", standing.environment.name), work)
        ended = standing.ended(operation)

    assert ended.error is not None
    assert ended.error["details"]["sqlstate"] == "55P03"
    assert "Another session kept the lock" in ended.error["hint"]


def test_mark_and_drift_wait_for_the_table_and_a_status_does_without(standing: Project) -> None:
    environment = standing.environment

    def mark(job: Job) -> None:
        preview_mark(environment, MarkWanted("2", "applied"), job)

    def drift(job: Job) -> None:
        find_drift(environment, job)

    with held(standing, SHUT) as pid:
        operations = [
            standing.vado.start(Request(work.__name__, environment.name), work)
            for work in (mark, drift)
        ]
        found = status(standing.vado, environment, drift=True)["drift"]
        until(lambda: all(retried(standing, operation) for operation in operations))

    assert (found["known"], found["drifted"], found["found"]) == (False, False, None)
    assert (found["shut_by"]["pid"], found["shut_by"]["name"]) == (pid, "public.t")
    for operation in operations:
        assert standing.ended(operation).state == "succeeded"
