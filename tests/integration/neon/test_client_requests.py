"""How the client asks: with its key and a number, again where that is safe, and never twice."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.neon_stub.fixtures import Neon

from vado.errors import (
    NeonAnswerLost,
    NeonBusy,
    NeonError,
    NeonKeyRefused,
    NeonLimit,
    NeonNotFound,
    NeonRefused,
    NeonUnreachable,
)
from vado.neon import NeonClient, Pace
from vado.settings import Secret

PACE = Pace(first_s=0.01, longest_s=0.05, busy_s=20, lost_s=0.1, poll_s=0.02, settle_s=0.2)


@pytest.fixture
def client(neon: Neon) -> Iterator[NeonClient]:
    with NeonClient(neon.settings, pace=PACE) as client:
        yield client


def test_what_is_read_is_what_there_is(neon: Neon, client: NeonClient):
    main = client.branch(neon.branch().id)
    assert (main.name, main.default, main.parent_id, main.state) == ("main", True, None, "ready")
    assert client.project().id == neon.project
    assert client.project().branches_limit == neon.faults.branch_limit
    (endpoint,) = client.endpoints(main.id)
    assert (endpoint.id, endpoint.branch_id) == (neon.endpoint().id, main.id)
    assert client.endpoint(endpoint.id).host == neon.endpoint().host
    assert not client.account().personal
    assert client.snapshots() == ()


def test_each_request_has_the_key_and_a_number_of_our_own(neon: Neon, client: NeonClient):
    client.branches()
    client.project()
    keys = {asked.headers["Authorization"] for asked in neon.asked}
    numbers = [asked.headers["X-Request-ID"] for asked in neon.asked]
    assert keys == {f"Bearer {neon.api_key}"}
    assert len(set(numbers)) == len(numbers) == 2


def test_all_pages_of_a_list_are_read(
    neon: Neon, client: NeonClient, monkeypatch: pytest.MonkeyPatch
):
    for name in ("vado-1", "vado-2", "vado-3"):
        client.create_branch(name, neon.branch().id)
    monkeypatch.setattr("vado.neon.questions._MOST_BRANCHES", 2)
    assert {b.name for b in client.branches()} == {"main", "vado-1", "vado-2", "vado-3"}
    assert neon.times_asked("listProjectBranches") == 2


def test_a_question_without_an_answer_is_asked_again(neon: Neon, client: NeonClient):
    neon.lose_request("listProjectBranches")
    neon.lose_answer("listProjectBranches")
    assert [b.name for b in client.branches()] == ["main"]


def test_a_question_is_not_asked_for_ever(neon: Neon, client: NeonClient):
    neon.lose_request("listProjectBranches", times=100)
    with pytest.raises(NeonUnreachable):
        client.branches()
    assert neon.times_asked("listProjectBranches") == PACE.reads


@pytest.mark.parametrize("status", [423, 429, 503])
def test_a_change_that_was_surely_not_made_is_asked_for_again(
    neon: Neon, client: NeonClient, status: int
):
    neon.answer_with(status, "createProjectBranch", Retry_After="0")
    client.create_branch("vado-1", neon.branch().id)
    assert neon.times_asked("createProjectBranch") == 2


@pytest.mark.parametrize(
    ("status", "error"),
    [(400, NeonRefused), (402, NeonLimit), (403, NeonKeyRefused), (404, NeonNotFound)],
)
def test_a_no_is_taken_for_a_no_at_once(
    neon: Neon, client: NeonClient, status: int, error: type[NeonError]
):
    neon.answer_with(status, "createProjectBranch")
    with pytest.raises(error) as caught:
        client.create_branch("vado-1", neon.branch().id)
    assert caught.value.hint
    assert caught.value.details["status"] == status
    assert neon.times_asked("createProjectBranch") == 1


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_change_that_may_have_been_made_is_not(neon: Neon, client: NeonClient, status: int):
    neon.answer_with(status, "createProjectBranch")
    with pytest.raises(NeonAnswerLost):
        client.create_branch("vado-1", neon.branch().id)
    assert neon.times_asked("createProjectBranch") == 1


def test_a_pause_that_is_longer_than_the_patience_is_not_begun(neon: Neon, client: NeonClient):
    neon.answer_with(503, "listProjectBranches", Retry_After="3600")
    with pytest.raises(NeonBusy):
        client.branches()
    assert neon.times_asked("listProjectBranches") == 1


def test_a_wrong_key_and_a_wrong_project_are_told_apart(neon: Neon):
    wrong = replace(neon.settings, api_key=Secret("napi_wrong"))
    with NeonClient(wrong, pace=PACE) as client, pytest.raises(NeonKeyRefused) as refused:
        client.branches()
    assert neon.settings.api_key_env not in str(refused.value)
    other = replace(neon.settings, project="other-project-1")
    with NeonClient(other, pace=PACE) as client, pytest.raises(NeonNotFound):
        client.branches()


def test_a_missing_key_is_known_before_anything_is_sent(neon: Neon):
    with pytest.raises(NeonKeyRefused, match="NEON_API_KEY"):
        NeonClient(replace(neon.settings, api_key=None))
    assert neon.asked == []


def test_the_key_is_in_no_error_and_no_log(
    neon: Neon, client: NeonClient, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    neon.answer_with(500, "createProjectBranch")
    neon.lose_request("listSnapshots", times=100)
    told = []
    for act in (lambda: client.create_branch("vado-1", neon.branch().id), client.snapshots):
        with pytest.raises(NeonError) as caught:
            act()
        told.append(f"{caught.value!r} {caught.value.hint} {caught.value.details}")
    assert neon.api_key not in f"{told}{caplog.text}{client.__dict__}"
