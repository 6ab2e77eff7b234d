"""A rehearsal on a branch of Neon: the rows of now, and nothing left behind."""

import threading
from collections.abc import Callable

import pytest
from tests.neon_stub.fixtures import Neon

from vado.database import connect
from vado.environments import Environment
from vado.errors import Cancelled, NeonFailed, NeonLimit, VadoError
from vado.operations import Job
from vado.preview.branches import branch_copy
from vado.preview.copies import read_original

Live = Callable[..., Environment]


def fill(neon: Neon, branch: str = "main") -> None:
    with connect(neon.target(branch)) as session:
        session.run("create table goods (id int primary key)")
        session.run("insert into goods values (1), (2)")


def test_the_branch_has_the_rows_and_is_gone_afterwards(neon: Neon, live: Live, job: Job) -> None:
    fill(neon)
    original = read_original(live(), job)

    with branch_copy(original, job) as copy:
        name = next(iter(neon.branch_names - {"main"}))
        assert name.startswith("vado-dry-")
        assert neon.branch(name).expires_at
        copy.session.run("delete from goods")
        told = {limit.code for limit in copy.limits}

    assert told == {"rows_of_branch", "branch_is_cold"}
    assert neon.branch_names == {"main"}
    with connect(neon.target()) as session:
        assert session.value("select count(*) from goods") == 2


def test_a_cancelled_rehearsal_takes_its_branch_away(neon: Neon, live: Live, job: Job) -> None:
    original = read_original(live(), job)
    threading.Timer(0.5, job.cancel).start()

    with (
        pytest.raises(Cancelled),
        branch_copy(original, job) as copy,
        job.on_cancel(copy.session.cancel),
    ):
        copy.session.run("select pg_sleep(20)")

    assert neon.branch_names == {"main"}


@pytest.mark.parametrize("fault", ["answer", "request"])
def test_a_lost_answer_leaves_one_branch_or_none(
    neon: Neon, live: Live, job: Job, fault: str
) -> None:
    original = read_original(live(), job)
    lose = neon.lose_answer if fault == "answer" else neon.lose_request
    lose("createProjectBranch")

    if fault == "answer":
        with branch_copy(original, job) as copy:
            assert copy.session.value("select 1") == 1
    else:
        with pytest.raises(VadoError, match="answer was lost"), branch_copy(original, job):
            pass

    assert neon.times_asked("createProjectBranch") == 1
    assert neon.branch_names == {"main"}


def test_a_branch_whose_making_fails_is_taken_away(neon: Neon, live: Live, job: Job) -> None:
    original = read_original(live(), job)
    neon.next_operation("failed")

    with pytest.raises(NeonFailed), branch_copy(original, job):
        pass

    assert neon.branch_names == {"main"}


def test_a_busy_project_is_asked_again(neon: Neon, live: Live, job: Job) -> None:
    original = read_original(live(), job)
    neon.answer_with(423, "createProjectBranch", times=2)
    neon.answer_with(429, "listProjectBranches", Retry_After="0")

    with branch_copy(original, job) as copy:
        assert copy.session.value("select 1") == 1


def test_a_project_that_is_full_is_known_before(neon: Neon, live: Live, job: Job) -> None:
    original = read_original(live(), job)
    neon.faults.branch_limit = 1

    with pytest.raises(NeonLimit, match="1 of the 1 branches"), branch_copy(original, job):
        pass

    assert neon.times_asked("createProjectBranch") == 0
