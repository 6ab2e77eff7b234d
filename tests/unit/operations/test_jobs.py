"""The life of an operation: from its start to its one end, in this process or without it."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vado.errors import Cancelled, ConnectionFailed, NotFound, Refused, StateUnavailable
from vado.operations import Job, Jobs, Operation, Request, State, verify_audit

APPLY = Request("apply", "dev", "plan_1")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    state = State(tmp_path)
    yield state
    state.close()


@pytest.fixture
def jobs(state: State) -> Iterator[Jobs]:
    jobs = Jobs(state)
    yield jobs
    jobs.close()


def run(jobs: Jobs, work: Any) -> Operation:
    return jobs.wait(jobs.start(APPLY, work).id, 10)


def outcomes(state: State) -> list[str]:
    return [row["outcome"] for row in reversed(audit(state))]


def audit(state: State) -> list[dict[str, Any]]:
    return list(state.page("audit", "id", 100, environment=None, after=None).items)


def test_an_operation_that_succeeds_keeps_its_result(jobs: Jobs, state: State) -> None:
    operation = run(jobs, lambda _: {"a": [1, "é"]})

    assert (operation.state, operation.result, operation.error) == (
        "succeeded",
        {"a": [1, "é"]},
        None,
    )
    assert (operation.kind, operation.environment, operation.subject) == ("apply", "dev", "plan_1")
    assert operation.created_at <= str(operation.started_at) <= str(operation.finished_at)
    assert outcomes(state) == ["intent", "succeeded"]


def test_an_operation_that_fails_keeps_what_it_did_and_why_it_failed(
    jobs: Jobs, state: State
) -> None:
    def work(job: Job) -> None:
        job.result = {"applied": [1]}
        raise ConnectionFailed("it broke", hint="try again", details={"sqlstate": None})

    operation = run(jobs, work)

    assert operation.state == "failed"
    assert operation.result == {"applied": [1]}
    assert operation.error == {
        "code": "connection_failed",
        "message": "it broke",
        "hint": "try again",
        "details": {"sqlstate": None},
    }
    assert outcomes(state) == ["intent", "failed"]


def test_what_nobody_expected_ends_the_operation_too(jobs: Jobs) -> None:
    def work(_: Job) -> None:
        raise ZeroDivisionError

    operation = run(jobs, work)

    assert operation.state == "failed"
    assert operation.error is not None
    assert operation.error["code"] == "internal_error"
    assert jobs.active() == []


@pytest.mark.parametrize("message", ["password=abc", 'postgresql://u:pw@h/db "x", y@z'])
def test_an_error_with_a_secret_can_still_be_read(jobs: Jobs, state: State, message: str) -> None:
    def work(_: Job) -> None:
        raise ConnectionFailed(message, details={"more": message})

    operation = run(jobs, work)

    assert operation.error is not None
    assert "abc" not in str(operation.error)
    assert "pw" not in str(operation.error)
    assert jobs.page().items[0]["error"] == operation.error
    assert verify_audit(state).intact


def test_cancel_reaches_the_work_and_its_callbacks(jobs: Jobs, state: State) -> None:
    begun, called = threading.Event(), threading.Event()

    def work(job: Job) -> None:
        with job.on_cancel(called.set):
            begun.set()
            called.wait(10)
            job.check()

    operation = jobs.start(APPLY, work)
    assert begun.wait(5)
    jobs.cancel(operation.id)

    assert jobs.wait(operation.id, 5).state == "cancelled"
    assert outcomes(state) == ["intent", "cancelled"]


def test_a_callback_is_never_called_after_its_block() -> None:
    late: list[str] = []
    inside = threading.Event()
    job = Job("op_1", _Silent())
    over = False

    def callback() -> None:
        inside.set()
        time.sleep(0.2)
        if over:
            late.append("late")

    def cancel() -> None:
        job.cancel()

    with job.on_cancel(callback):
        thread = threading.Thread(target=cancel)
        thread.start()
        assert inside.wait(5)
    over = True
    thread.join()

    assert late == []


class _Silent:
    def progressed(self, job_id: str, progress: dict[str, Any]) -> None:
        pass

    def logged(self, job_id: str, message: str, said: object = None) -> None:
        pass


def test_a_cancelled_job_begins_no_step_and_no_block() -> None:
    job = Job("op_1", _Silent())
    job.cancel()

    with pytest.raises(Cancelled):
        job.step("x")
    with pytest.raises(Cancelled):
        job.progress(1, 2, "rows")
    with pytest.raises(Cancelled), job.on_cancel(lambda: None):
        pass


def test_an_operation_that_is_over_is_not_cancelled(jobs: Jobs) -> None:
    operation = run(jobs, lambda _: None)

    assert jobs.cancel(operation.id).state == "succeeded"


def test_progress_and_log_are_seen_from_outside(jobs: Jobs) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def work(job: Job) -> None:
        job.expect(3)
        job.step("one")
        job.step("two", version="7")
        job.progress(5, 5, "rows")
        job.log("said password=hush")
        job.log("gone on", "went_on", table="users")
        reached.set()
        go_on.wait(10)

    operation = jobs.start(APPLY, work)
    assert reached.wait(5)
    seen = jobs.get(operation.id)
    go_on.set()

    assert seen.state == "running"
    assert seen.progress == {
        "step": {"code": "two", "params": {"version": "7"}},
        "steps_done": 1,
        "steps_total": 3,
        "done": 5,
        "total": 5,
        "unit": "rows",
        "bytes": None,
        "eta_s": None,
        "way": None,
    }
    said, coded = jobs.log_of(operation.id)
    assert (said["message"], said["code"]) == ("said password=***", None)
    assert (coded["code"], coded["params"]) == ("went_on", {"table": "users"})
    assert jobs.log_of(operation.id, after=2) == []
    jobs.wait(operation.id, 5)


def test_progress_is_told_at_most_five_times_a_second() -> None:
    told: list[int] = []

    class Counting(_Silent):
        def progressed(self, _job_id: str, progress: dict[str, Any]) -> None:
            told.append(progress["done"])

    job = Job("op_1", Counting())
    for number in range(1, 1_001):
        job.progress(number, 1_000, "rows")

    assert len(told) < 20
    assert told[-1] == 1_000


def test_closing_cancels_what_runs_and_takes_nothing_new(state: State) -> None:
    jobs = Jobs(state)
    begun, rolled_back = threading.Event(), threading.Event()

    def work(job: Job) -> None:
        with job.on_cancel(lambda: None):
            begun.set()
            while not job.cancelled:
                time.sleep(0.01)
            time.sleep(0.3)
            rolled_back.set()
            job.check()

    operation = jobs.start(APPLY, work)
    assert begun.wait(5)
    jobs.close()

    assert rolled_back.is_set()
    assert jobs.get(operation.id).state == "cancelled"
    with pytest.raises(Refused, match="closing"):
        jobs.start(APPLY, work)


def test_closing_gives_up_after_its_grace(state: State) -> None:
    jobs = Jobs(state)
    stuck = threading.Event()
    jobs.start(APPLY, lambda _: stuck.wait(20) and None)

    begun = time.monotonic()
    jobs.close(grace_s=0.3)

    assert time.monotonic() - begun < 2
    stuck.set()
    for thread in threading.enumerate():
        if thread.name.startswith("op_"):
            thread.join(5)


def test_an_operation_that_is_not_there_is_said(jobs: Jobs) -> None:
    with pytest.raises(NotFound):
        jobs.get("op_nothing")
    with pytest.raises(NotFound):
        jobs.wait("op_nothing", 0)


def test_operations_are_listed_newest_first_in_pages(jobs: Jobs) -> None:
    ids = [run(jobs, lambda _: None).id for _ in range(5)]

    first = jobs.page(limit=2)
    second = jobs.page(limit=2, after=first.next)
    third = jobs.page(limit=2, after=second.next)

    assert [o["id"] for page in (first, second, third) for o in page.items] == ids[::-1]
    assert (first.total, third.next) == (5, None)
    assert jobs.page(state="failed,cancelled").total == 0
    assert jobs.page(state="succeeded", kind="apply", environment="dev").total == 5
    assert jobs.page(environment="other").items == ()


CHILD = """
import sys, time
from pathlib import Path
from vado.operations import Jobs, Request, State
jobs = Jobs(State(Path(sys.argv[1])))
operation = jobs.start(Request("apply", "dev"), lambda job: time.sleep(60))
print(operation.id, flush=True)
jobs.wait(operation.id)
"""


def test_an_operation_whose_process_was_killed_is_found_out(
    jobs: Jobs, state: State, tmp_path: Path
) -> None:
    argv = [sys.executable, "-c", CHILD, str(tmp_path)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, env=os.environ) as child:
        assert child.stdout is not None
        operation_id = child.stdout.readline().strip()
        alive = jobs.settle_interrupted(), jobs.get(operation_id).state
        with pytest.raises(Refused, match="another process"):
            jobs.cancel(operation_id)
        child.send_signal(signal.SIGKILL)

    assert alive == ([], "running")
    assert jobs.settle_interrupted() == [operation_id]
    assert jobs.settle_interrupted() == []
    operation = jobs.get(operation_id)
    assert operation.state == "interrupted"
    assert operation.ended
    assert operation.error is not None
    assert outcomes(state) == ["intent", "interrupted"]


def test_one_that_ended_by_itself_is_not_called_interrupted(
    jobs: Jobs, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    operation = run(jobs, lambda _: None)
    stale = [{"id": operation.id, "owner": "gone"}]
    rows = state.rows
    monkeypatch.setattr(
        state, "rows", lambda name, **v: stale if name == "open_operations" else rows(name, **v)
    )

    assert jobs.settle_interrupted() == []
    assert outcomes(state) == ["intent", "succeeded"]


def test_a_state_that_cannot_be_written_ends_no_process(
    jobs: Jobs, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute = state.execute

    def full(name: str, **values: object) -> int:
        if name == "start_operation":
            raise StateUnavailable("the disk is full")
        return execute(name, **values)

    monkeypatch.setattr(state, "execute", full)

    operation = run(jobs, lambda _: None)

    assert operation.state == "failed"
    assert jobs.active() == []
