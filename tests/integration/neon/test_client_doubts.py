"""What is not as Neon describes it, or cannot be known: not guessed, and not done twice."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import pytest
from tests.neon_stub.fixtures import Neon

from vado.errors import ConfigurationInvalid, NeonAnswerLost, NeonError, NeonKeyRefused
from vado.neon import NeonClient, Pace
from vado.settings import Secret

PACE = Pace(first_s=0.01, longest_s=0.02, busy_s=5, lost_s=0.3, poll_s=0.02, settle_s=0.2)


@pytest.fixture
def client(neon: Neon) -> Iterator[NeonClient]:
    with NeonClient(neon.settings, pace=PACE) as client:
        yield client


def of_later(answer: Any) -> Any:
    """What a later version might say: fields and words that nobody knows yet."""
    if isinstance(answer, list):
        return [of_later(item) for item in answer]
    if not isinstance(answer, dict):
        return answer
    changed = {name: of_later(value) for name, value in answer.items()}
    for name in ("init_source", "creation_source", "type"):
        if name in changed:
            changed[name] = "of_tomorrow"
    return {**changed, "of_tomorrow": {"deep": [1]}}


def test_fields_and_words_that_nobody_knows_yet_do_no_harm(neon: Neon, client: NeonClient):
    neon.change_answer(None, of_later, times=100)

    made = client.create_branch("vado-1", neon.branch().id, compute=True)

    found = client.branch_named("vado-1")
    assert found
    assert found.id == made.id
    assert client.endpoints(made.id)[0].type == "of_tomorrow"
    assert client.project().branches_limit


@pytest.mark.parametrize("answer", [{}, {"branch": None}, {"branch": {"id": 5}}, {"branch": []}])
def test_an_answer_that_is_not_understood_is_looked_up_like_a_lost_one(
    neon: Neon, client: NeonClient, answer: Any
):
    neon.change_answer("createProjectBranch", lambda _: answer)

    assert client.create_branch("vado-1", neon.branch().id).name == "vado-1"
    assert neon.times_asked("createProjectBranch") == 1


@pytest.mark.parametrize(
    ("of", "ask"),
    [
        ("getProject", NeonClient.project),
        ("listProjectBranches", NeonClient.branches),
        ("listSnapshots", NeonClient.snapshots),
        ("listProjectOperations", NeonClient.operations),
        ("getAuthDetails", NeonClient.account),
    ],
)
@pytest.mark.parametrize("answer", [{"project": 1, "branches": [1], "operations": [{}]}])
def test_what_cannot_be_understood_is_said_and_not_guessed(
    neon: Neon, client: NeonClient, of: str, ask: Callable[[NeonClient], object], answer: Any
):
    neon.change_answer(of, lambda _: answer)

    with pytest.raises(NeonError, match="cannot be understood"):
        ask(client)


def test_pages_without_an_end_are_not_read_for_ever(neon: Neon, client: NeonClient):
    def again(answer: Any) -> Any:
        return {**answer, "pagination": {**answer["pagination"], "next": "MA=="}}

    neon.change_answer("listProjectBranches", again, times=100)

    assert [branch.name for branch in client.branches()] == ["main"]


@pytest.mark.parametrize("status", [423, 429, 503])
def test_a_change_that_was_made_though_it_was_told_otherwise_is_not_made_twice(
    neon: Neon, client: NeonClient, status: int
):
    neon.done_but(status, "createProjectBranch")

    assert client.create_branch("vado-1", neon.branch().id).name == "vado-1"
    assert neon.branch_names == {"main", "vado-1"}


def test_neon_out_of_reach_is_no_proof_that_nothing_was_made(neon: Neon, client: NeonClient):
    neon.lose_answer("createProjectBranch")
    neon.lose_request("listProjectBranches", times=4)

    assert client.create_branch("vado-1", neon.branch().id).name == "vado-1"


def test_a_request_that_a_proxy_gave_up_on_may_have_been_carried_out(
    neon: Neon, client: NeonClient
):
    neon.done_but(408, "createProjectBranch")
    assert client.create_branch("vado-1", neon.branch().id).name == "vado-1"
    neon.answer_with(408, "listProjectBranches")
    assert client.branch_named("vado-1")


def test_what_somebody_else_deletes_meanwhile_is_deleted(neon: Neon, client: NeonClient):
    made = client.create_branch("vado-1", neon.branch().id)
    neon.answer_with(404, "deleteProjectBranch")
    client.delete_branch(made.id)
    client.delete_branch(made.id)
    client.delete_branch(made.id)
    assert neon.branch_names == {"main"}


@pytest.mark.parametrize("lost", ["answer", "request"])
def test_the_deletion_of_a_snapshot_is_looked_up_as_well(neon: Neon, client: NeonClient, lost: str):
    taken = client.create_snapshot(neon.branch().id, "vado-bak-1")
    if lost == "answer":
        neon.lose_answer("deleteSnapshot")
        client.delete_snapshot(taken)
    else:
        neon.lose_request("deleteSnapshot")
        with pytest.raises(NeonAnswerLost, match="still there"):
            client.delete_snapshot(taken)
    assert neon.snapshot_names == (set() if lost == "answer" else {"vado-bak-1"})
    assert neon.times_asked("deleteSnapshot") == 1


def test_a_lost_answer_about_what_failed_is_a_failure(neon: Neon, client: NeonClient):
    neon.next_operation("failed", "create_branch")
    neon.lose_answer("createProjectBranch")
    with pytest.raises(NeonError, match="create branch"):
        client.create_branch("vado-1", neon.branch().id)


def test_a_date_to_ask_again_at_is_a_pause(neon: Neon, client: NeonClient):
    neon.answer_with(429, "listProjectBranches", Retry_After=format_datetime(datetime.now(UTC)))
    assert client.branches()
    neon.answer_with(
        429,
        "listProjectBranches",
        Retry_After=format_datetime(datetime(2999, 1, 1, tzinfo=UTC)),
    )
    with pytest.raises(NeonError):
        client.branches()
    neon.answer_with(429, "listProjectBranches", Retry_After="soon")
    assert client.branches()


@pytest.mark.parametrize("written", ["{}\n", " {}", "{}\r\n"])
def test_a_key_is_read_as_files_end_and_people_paste(neon: Neon, written: str):
    settings = replace(neon.settings, api_key=Secret(written.format(neon.api_key)))
    with NeonClient(settings, pace=PACE) as client:
        assert client.branches()


@pytest.mark.parametrize("key", ["napi_\u2019x", "napi_a b", "\n", "napi_\x00"])
def test_what_is_no_key_is_refused_before_it_is_sent_and_not_repeated(neon: Neon, key: str):
    with pytest.raises(NeonKeyRefused) as caught:
        NeonClient(replace(neon.settings, api_key=Secret(key)))
    assert key.strip() not in f"{caught.value!r}" or not key.strip()
    assert neon.asked == []


@pytest.mark.parametrize("url", ["https://", "https://[", "nothing", "http://neon.example/api"])
def test_what_is_no_address_for_a_key_is_told(neon: Neon, url: str):
    with pytest.raises(ConfigurationInvalid, match="api_url"):
        NeonClient(replace(neon.settings, api_url=url)).branches()


def test_an_id_from_outside_stays_one_part_of_the_path(neon: Neon):
    strange = replace(neon.settings, project=f"{neon.project}/branches?x=")
    with NeonClient(strange, pace=PACE) as client, pytest.raises(NeonError):
        client.project()
    assert all("/branches" not in asked.path for asked in neon.asked)
    neon.unfit()
