"""The half-done states that a change at Neon can be left in, and what the client makes of each."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.neon_stub.fixtures import Neon

from vado.database import connect, waking
from vado.errors import (
    ConnectionFailed,
    NeonAnswerLost,
    NeonBusy,
    NeonFailed,
    NeonLimit,
    NeonNotFound,
    NeonRefused,
)
from vado.neon import Branch, NeonClient, Pace, Snapshot

PACE = Pace(
    answer_s=20,
    first_s=0.01,
    longest_s=0.05,
    busy_s=20,
    lost_s=0.3,
    poll_s=0.02,
    settle_s=0.4,
    operations_s=20,
)
Act = Callable[[NeonClient, Neon], object]


@pytest.fixture
def client(neon: Neon) -> Iterator[NeonClient]:
    with NeonClient(neon.settings, pace=PACE) as client:
        yield client


@pytest.fixture
def taken(neon: Neon, client: NeonClient) -> Snapshot:
    """A snapshot of main with one row, before there were two."""
    with connect(neon.target()) as session:
        session.run("create table goods (id int primary key)")
        session.run("insert into goods values (1)")
        found = client.create_snapshot(neon.branch().id, "vado-bak-1")
        session.run("insert into goods values (2)")
    return found


def rows(neon: Neon, branch: str = "main") -> int:
    with connect(neon.target(branch)) as session:
        return int(session.value("select count(*) from goods"))


def looked_at(neon: Neon, client: NeonClient, taken: Snapshot) -> Branch:
    return client.restore_snapshot(taken.id, "vado-restore-1", neon.branch().id)


# Sent, and no answer came


def make_branch(client: NeonClient, neon: Neon) -> object:
    return client.create_branch("vado-bak-2", neon.branch().id).name


def take_snapshot(client: NeonClient, neon: Neon) -> object:
    return client.create_snapshot(neon.branch().id, "vado-bak-2").name


@pytest.mark.parametrize(
    ("act", "operation", "made"),
    [
        (make_branch, "createProjectBranch", "branch_names"),
        (take_snapshot, "createSnapshot", "snapshot_names"),
    ],
)
def test_what_was_made_though_the_answer_was_lost_is_found_by_its_name(
    neon: Neon, client: NeonClient, act: Act, operation: str, made: str
):
    neon.lose_answer(operation)
    assert act(client, neon) == "vado-bak-2"
    assert "vado-bak-2" in getattr(neon, made)
    assert neon.times_asked(operation) == 1


@pytest.mark.parametrize(
    ("act", "operation", "made"),
    [
        (make_branch, "createProjectBranch", "branch_names"),
        (take_snapshot, "createSnapshot", "snapshot_names"),
    ],
)
def test_what_was_never_made_is_not_asked_for_again(
    neon: Neon, client: NeonClient, act: Act, operation: str, made: str
):
    neon.lose_request(operation)
    with pytest.raises(NeonAnswerLost):
        act(client, neon)
    assert "vado-bak-2" not in getattr(neon, made)
    assert neon.times_asked(operation) == 1


def test_the_lost_answers_of_a_restore_in_two_steps_change_nothing(
    neon: Neon, client: NeonClient, taken: Snapshot
):
    neon.lose_answer("restoreSnapshot")
    restored = looked_at(neon, client, taken)
    neon.lose_answer("finalizeRestoreBranch")
    client.finalize_restore(restored.id, "main-before")
    assert neon.branch().id == restored.id
    assert rows(neon) == 1
    assert neon.times_asked("restoreSnapshot") == neon.times_asked("finalizeRestoreBranch") == 1


def test_the_lost_answer_of_an_instant_restore_is_looked_up(neon: Neon, client: NeonClient):
    kept = client.create_branch("vado-bak-1", neon.branch().id)
    with connect(neon.target()) as session:
        session.run("create table goods (id int primary key)")
    neon.lose_answer("restoreProjectBranch")
    client.restore_branch(neon.branch().id, kept.id, "main-before")
    with connect(neon.target()) as session:
        assert session.value("select to_regclass('goods')") is None
    assert neon.times_asked("restoreProjectBranch") == 1


@pytest.mark.parametrize("lost", ["answer", "request"])
def test_a_deletion_is_over_when_the_branch_is_gone(neon: Neon, client: NeonClient, lost: str):
    made = client.create_branch("vado-bak-1", neon.branch().id)
    if lost == "answer":
        neon.lose_answer("deleteProjectBranch")
        client.delete_branch(made.id)
        assert neon.branch_names == {"main"}
    else:
        neon.lose_request("deleteProjectBranch")
        with pytest.raises(NeonAnswerLost):
            client.delete_branch(made.id)
        assert neon.branch_names == {"main", "vado-bak-1"}
    assert neon.times_asked("deleteProjectBranch") == 1


# Begun, and not ended well


def test_a_branch_whose_making_failed_is_there_and_can_be_deleted(neon: Neon, client: NeonClient):
    neon.next_operation("failed", "create_branch")
    with pytest.raises(NeonFailed, match="create branch"):
        client.create_branch("vado-bak-1", neon.branch().id)
    left = client.branch_named("vado-bak-1")
    assert left is not None
    client.delete_branch(left.id)
    assert neon.branch_names == {"main"}


def test_a_failure_that_neon_tries_again_is_waited_for(neon: Neon, client: NeonClient):
    neon.next_operation("recovers", "create_branch", lasts_s=0.1)
    assert client.create_branch("vado-bak-1", neon.branch().id).ours


def test_an_operation_without_end_is_given_up(neon: Neon):
    brief = Pace(first_s=0.01, longest_s=0.05, poll_s=0.02, operations_s=0.3)
    neon.next_operation("stuck", "create_branch")
    with (
        NeonClient(neon.settings, pace=brief) as client,
        pytest.raises(NeonFailed, match="has not ended"),
    ):
        client.create_branch("vado-bak-1", neon.branch().id)


# Restored, and not finalized


def test_a_restore_that_was_not_finalized_is_seen_and_can_go_either_way(
    neon: Neon, client: NeonClient, taken: Snapshot
):
    looked_at(neon, client, taken)
    (found,) = (b for b in client.branches() if b.restore_status == "restored" and b.ours)
    assert found.restored_from == taken.id
    assert (rows(neon), rows(neon, found.name)) == (2, 1)
    client.delete_branch(found.id)
    again = looked_at(neon, client, taken)
    client.finalize_restore(again.id, "main-before")
    assert rows(neon) == 1


def test_a_restored_branch_without_a_compute_can_be_given_one(
    neon: Neon, client: NeonClient, taken: Snapshot
):
    neon.faults.restored_with_endpoint = False
    restored = looked_at(neon, client, taken)
    assert client.endpoints(restored.id) == ()
    neon.lose_answer("createProjectEndpoint")
    client.create_compute(restored.id)
    assert rows(neon, restored.name) == 1
    assert neon.times_asked("createProjectEndpoint") == 1


def test_after_finalizing_the_same_way_leads_to_another_branch(
    neon: Neon,
    client: NeonClient,
    taken: Snapshot,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(waking, "_FIRST_PAUSE_S", 0.01)
    before, endpoint = neon.branch().id, neon.endpoint().id
    uri = client.connection_uri(before, "neondb", "neondb_owner").reveal()
    restored = looked_at(neon, client, taken)
    with connect(neon.target()) as session:
        client.finalize_restore(restored.id, "main-before")
        with pytest.raises(ConnectionFailed):
            session.value("select 1")
    neon.refuse_connections("Couldn't connect to compute node", times=2)
    assert rows(neon) == 1
    assert client.endpoint(endpoint).branch_id == restored.id != before
    assert client.connection_uri(restored.id, "neondb", "neondb_owner").reveal() == uri


# Left over, gone, busy, not allowed


def test_the_state_before_a_restore_is_deleted_only_when_the_user_says_so(
    neon: Neon, client: NeonClient, taken: Snapshot
):
    client.finalize_restore(looked_at(neon, client, taken).id, "main-before")
    left = client.branch_named("main-before")
    assert left is not None
    with pytest.raises(NeonRefused, match="not made by Vado"):
        client.delete_branch(left.id)
    client.delete_branch(left.id, confirmed=True)
    assert neon.branch_names == {"main"}


def test_a_state_that_has_children_cannot_be_deleted(
    neon: Neon, client: NeonClient, taken: Snapshot
):
    client.create_branch("vado-bak-2", neon.branch().id)
    client.finalize_restore(looked_at(neon, client, taken).id, "vado-before")
    left = client.branch_named("vado-before")
    assert left is not None
    with pytest.raises(NeonRefused, match="children"):
        client.delete_branch(left.id)


def test_a_snapshot_that_vanished_is_not_found(neon: Neon, client: NeonClient, taken: Snapshot):
    neon.vanish_snapshot(taken.name)
    assert client.snapshot_named(taken.name) is None
    with pytest.raises(NeonNotFound):
        looked_at(neon, client, taken)
    client.delete_snapshot(taken)  # which is what was wanted


def test_a_branch_that_expired_is_not_found(neon: Neon, client: NeonClient):
    until = (datetime.now(UTC) + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    made = client.create_branch("vado-dry-1", neon.branch().id, expires_at=until, compute=True)
    assert made.expires_at == until
    neon.later(7201)
    with pytest.raises(NeonNotFound):
        client.branch(made.id)
    client.delete_branch(made.id)  # no error


def test_a_busy_project_is_asked_again_and_not_for_ever(neon: Neon, client: NeonClient):
    neon.answer_with(423, "createProjectBranch", times=3)
    client.create_branch("vado-bak-1", neon.branch().id)
    assert neon.times_asked("createProjectBranch") == 4
    brief = Pace(first_s=0.01, longest_s=0.02, busy_s=0.1)
    neon.answer_with(423, "createProjectBranch", times=1000)
    with NeonClient(neon.settings, pace=brief) as other, pytest.raises(NeonBusy):
        other.create_branch("vado-bak-2", neon.branch().id)
    assert "vado-bak-2" not in neon.branch_names


def test_a_change_waits_for_what_is_being_done(neon: Neon, client: NeonClient):
    neon.next_operation("finished", "create_branch", lasts_s=0.3)
    made = client.create_branch("vado-bak-1", neon.branch().id)
    neon.next_operation("finished", "create_timeline", lasts_s=0.3)
    client.create_snapshot(neon.branch().id, "vado-bak-2")
    client.delete_branch(made.id)
    assert neon.branch_names == {"main"}


def test_protected_and_default_branches_are_never_asked_to_be_deleted(
    neon: Neon, client: NeonClient
):
    made = client.create_branch("vado-bak-1", neon.branch().id)
    neon.protect("vado-bak-1")
    for branch_id in (made.id, neon.branch().id):
        with pytest.raises(NeonRefused, match="never deletes"):
            client.delete_branch(branch_id, confirmed=True)
    assert neon.times_asked("deleteProjectBranch") == 0


def test_limits_are_told_apart_from_refusals(neon: Neon, client: NeonClient):
    neon.faults.branch_limit = 1
    neon.faults.snapshot_limit = 0
    main = neon.branch().id
    with pytest.raises(NeonLimit, match="branches limit exceeded"):
        client.create_branch("vado-bak-1", main)
    with pytest.raises(NeonLimit, match="snapshots limit exceeded"):
        client.create_snapshot(main, "vado-bak-1")


def test_a_snapshot_of_a_child_is_refused(neon: Neon, client: NeonClient):
    child = client.create_branch("vado-bak-1", neon.branch().id)
    with pytest.raises(NeonRefused, match="root branches"):
        client.create_snapshot(child.id, "vado-bak-2")


def test_the_child_of_a_protected_branch_is_reached_by_its_own_connection_string(
    neon: Neon, client: NeonClient
):
    neon.protect()
    made = client.create_branch("vado-dry-1", neon.branch().id, compute=True)
    uri = client.connection_uri(made.id, "neondb", "neondb_owner").reveal()
    assert neon.branch().passwords["neondb_owner"] not in uri
    with connect(neon.target("vado-dry-1")) as session:
        assert session.value("select 1") == 1


def test_a_branch_at_an_lsn_is_what_was_there_then(neon: Neon, client: NeonClient):
    with connect(neon.target()) as session:
        session.run("create table goods (id int primary key)")
        lsn = str(session.value("select pg_current_wal_lsn()"))
        neon.keep(since=lsn)
        session.run("insert into goods values (1)")
    client.create_branch("vado-bak-1", neon.branch().id, lsn=lsn, compute=True)
    assert (rows(neon), rows(neon, "vado-bak-1")) == (1, 0)
    with pytest.raises(NeonRefused, match="outside of the history"):
        client.create_branch("vado-bak-2", neon.branch().id, lsn="0/1")
