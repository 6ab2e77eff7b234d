"""Backups that Neon keeps, and going back to them in steps: restore, look, finalize."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.neon_stub.fixtures import Neon

from vado.backups import (
    BackupRequest,
    Kind,
    RestoreRequest,
    abandon_restore,
    delete_backup,
    finalize_restore,
    get_backup,
    list_backups,
    neon_status,
    note_restore_point,
    orphans,
    remove_orphan,
    restore_backup,
    take_backup,
)
from vado.backups.stores import store_of
from vado.database import connect, install_control, parse_url
from vado.environments import Environment, neon_target
from vado.errors import ConfirmationRequired, NeonFailed, NeonRefused, NotFound, Refused, VadoError
from vado.neon import NeonClient, at_home
from vado.operations import Job

Live = Callable[..., Environment]
# One of them in every run; each way back in the long one.
KINDS = (
    "neon_snapshot",
    pytest.param("neon_branch", marks=pytest.mark.campaign),
    pytest.param("neon_lsn", marks=pytest.mark.campaign),
)


def write(neon: Neon, *values: int) -> None:
    with connect(neon.target()) as session:
        session.run("create table if not exists goods (id int primary key)")
        for value in values:
            session.execute("insert into goods values (%(value)s)", value=value)


def rows(environment: Environment) -> list[int]:
    with connect(environment.target) as session:
        return [row["id"] for row in session.rows("select id from goods order by id")]


def taken(neon: Neon, live: Live, job: Job, kind: Kind) -> str:
    backup = take_backup(live(), job, BackupRequest(kind=kind))
    neon.keep(since=(store_of(live()).read(backup.id).neon or {})["lsn"])
    assert backup.state == "ready"
    assert backup.store == "neon"
    return backup.id


@pytest.mark.parametrize("kind", KINDS)
def test_a_restore_is_looked_at_before_it_replaces_anything(
    neon: Neon, live: Live, job: Job, kind: Kind
) -> None:
    write(neon, 1, 2)
    backup_id = taken(neon, live, job, kind)
    write(neon, 3)

    report = restore_backup(live(), RestoreRequest(backup_id, mode="neon"), job)

    assert report.branch in neon.branch_names
    assert rows(live()) == [1, 2, 3]
    with at_home(live()) as home:
        branch = home.client.branch_named(str(report.branch))
        assert branch is not None
        looked = replace(live(), target=home.reached(branch.id, live()))
    assert rows(looked) == [1, 2]
    look = neon_status(live()).unfinished[0].look
    assert look
    assert look["schema_equal"]

    with pytest.raises(ConfirmationRequired):
        finalize_restore(live(), backup_id, "another", job)
    done = finalize_restore(live(), backup_id, "live", job)

    assert rows(live()) == [1, 2]
    assert done.branch in neon.branch_names
    previous = get_backup(live(), str(done.safety_backup_id))
    assert (previous.kind, previous.reason, previous.state) == (
        "neon_branch",
        "before_restore",
        "ready",
    )
    assert orphans(live()) == ()


@pytest.mark.campaign
def test_what_was_replaced_can_be_restored_in_turn(neon: Neon, live: Live, job: Job) -> None:
    write(neon, 1)
    backup_id = taken(neon, live, job, "neon_branch")
    write(neon, 2)
    restore_backup(live(), RestoreRequest(backup_id, mode="neon"), job)
    done = finalize_restore(live(), backup_id, "live", job)

    restore_backup(live(), RestoreRequest(str(done.safety_backup_id), mode="neon"), job)
    finalize_restore(live(), str(done.safety_backup_id), "live", job)

    assert rows(live()) == [1, 2]


def test_an_abandoned_restore_leaves_nothing(neon: Neon, live: Live, job: Job) -> None:
    write(neon, 1)
    backup_id = taken(neon, live, job, "neon_snapshot")
    restore_backup(live(), RestoreRequest(backup_id, mode="neon"), job)
    with pytest.raises(Refused, match="already"):
        restore_backup(live(), RestoreRequest(backup_id, mode="neon"), job)

    abandon_restore(live(), backup_id, job)

    assert neon.branch_names == {"main"}
    with pytest.raises(Refused, match="not restored"):
        finalize_restore(live(), backup_id, "live", job)


@pytest.mark.parametrize(
    ("kind", "call"),
    [("neon_snapshot", "createSnapshot"), ("neon_branch", "createProjectBranch")],
)
def test_a_lost_answer_is_looked_up_and_never_asked_again(
    neon: Neon, live: Live, job: Job, kind: Kind, call: str
) -> None:
    neon.lose_answer(call)
    assert take_backup(live(), job, BackupRequest(kind=kind)).state == "ready"
    neon.lose_request(call)
    with pytest.raises(VadoError, match="answer was lost"):
        take_backup(live(), job, BackupRequest(kind=kind))

    assert neon.times_asked(call) == 2
    assert {item.state for item in list_backups(live())} == {"ready", "failed"}


def test_what_failed_at_neon_is_taken_away(neon: Neon, live: Live, job: Job) -> None:
    neon.next_operation("failed")

    with pytest.raises(NeonFailed):
        take_backup(live(), job, BackupRequest(kind="neon_branch"))

    assert neon.branch_names == {"main"}
    assert list_backups(live())[0].state == "failed"


def test_what_vanished_at_neon_is_missing(neon: Neon, live: Live, job: Job) -> None:
    backup_id = taken(neon, live, job, "neon_snapshot")
    neon.vanish_snapshot(next(iter(neon.snapshot_names)))

    with pytest.raises(Refused, match="missing"):
        restore_backup(live(), RestoreRequest(backup_id, mode="neon"), job)

    assert get_backup(live(), backup_id).state == "missing"
    assert not get_backup(live(), backup_id).available


def test_a_backup_whose_maker_died_is_adopted_by_its_name(neon: Neon, live: Live, job: Job) -> None:
    backup_id = taken(neon, live, job, "neon_branch")
    store = store_of(live())
    known = store.read(backup_id)
    forgotten = {k: v for k, v in (known.neon or {}).items() if k != "backup_branch_id"}
    store.write(replace(known, state="unknown", neon=forgotten))

    neon_status(live())

    assert get_backup(live(), backup_id).state == "ready"
    assert (store.read(backup_id).neon or {})["backup_branch_id"]


def test_what_its_maker_did_not_end_is_unknown_and_not_failed(
    neon: Neon, live: Live, job: Job
) -> None:
    backup_id = taken(neon, live, job, "neon_branch")
    store = store_of(live())
    store.write(replace(store.read(backup_id), state="creating"))
    (store.folder / f"{backup_id}.lock").touch()

    assert get_backup(live(), backup_id).state == "unknown"
    neon_status(live())

    assert get_backup(live(), backup_id).state == "ready"


@pytest.mark.parametrize("kind", ["neon_snapshot", "neon_branch"])
def test_deleting_a_backup_deletes_what_neon_keeps(
    neon: Neon, live: Live, job: Job, kind: Kind
) -> None:
    backup_id = taken(neon, live, job, kind)

    delete_backup(live(), backup_id, backup_id)

    assert (neon.branch_names, neon.snapshot_names) == ({"main"}, set())
    assert list_backups(live()) == []


@pytest.mark.campaign
def test_a_cancel_comes_before_the_last_step_or_not_at_all(
    neon: Neon, live: Live, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(neon, 1)
    backup_id = taken(neon, live, job, "neon_snapshot")
    write(neon, 2)
    restore_backup(live(), RestoreRequest(backup_id, mode="neon"), job)
    ask = NeonClient.finalize_restore

    def cancelled_meanwhile(client: NeonClient, branch_id: str, old_name: str) -> None:
        job.cancel()
        ask(client, branch_id, old_name)

    monkeypatch.setattr(NeonClient, "finalize_restore", cancelled_meanwhile)
    finalize_restore(live(), backup_id, "live", job)

    assert rows(live()) == [1]


def test_an_orphan_is_listed_and_removed_and_nothing_else(neon: Neon, live: Live) -> None:
    with at_home(live()) as home:
        home.client.create_branch("vado-dry-left", home.branch.id)
        home.client.create_branch("vado-bak-kept", home.branch.id)

    (found,) = orphans(live())
    assert found.name == "vado-dry-left"
    with pytest.raises(NotFound):
        remove_orphan(live(), neon.branch("vado-bak-kept").id)
    remove_orphan(live(), found.branch_id)

    assert neon.branch_names == {"main", "vado-bak-kept"}


def test_other_peoples_branches_and_projects_are_never_deleted(neon: Neon, live: Live) -> None:
    with at_home(live()) as home:
        with pytest.raises(NeonRefused, match="default"):
            home.client.delete_branch(home.branch.id, confirmed=True)
        with pytest.raises(NeonRefused, match="project"):
            home.client._transport.change("DELETE", f"/projects/{neon.project}", "no")
    assert neon.times_asked("deleteProject") == 0


def test_the_key_is_in_no_error_and_no_record(neon: Neon, live: Live, job: Job) -> None:
    backup_id = taken(neon, live, job, "neon_snapshot")
    neon.answer_with(401, "listSnapshots")

    with pytest.raises(VadoError) as caught:
        neon_status(live())

    seen = str(caught.value.to_json()) + store_of(live()).read(backup_id).to_text()
    assert neon.api_key not in seen
    password = neon_target(parse_url(neon.uri())).password
    assert password is not None
    assert password.reveal() not in seen


def test_an_apply_leaves_a_place_in_history_to_go_back_to(neon: Neon, live: Live, job: Job) -> None:
    neon.keep()

    noted = note_restore_point(live(), "plan_1", job)

    backup = get_backup(live(), str(noted))
    assert (backup.kind, backup.reason, backup.plan_id) == ("neon_lsn", "before_apply", "plan_1")
    assert backup.expires_at is not None
    assert neon.branch_names == {"main"}


def test_without_neon_an_apply_goes_on_all_the_same(neon: Neon, live: Live, job: Job) -> None:
    neon.answer_with(401, "getProject")

    assert note_restore_point(live(), "plan_1", job) is None
    assert note_restore_point(replace(live(), neon=None), "plan_1", job) is None


def test_a_place_in_history_that_neon_forgot_is_not_kept(neon: Neon, live: Live, job: Job) -> None:
    backup_id = taken(neon, live, job, "neon_lsn")
    store = store_of(live())
    store.write(replace(store.read(backup_id), expires_at="2026-01-01T00:00:00Z"))
    assert get_backup(live(), backup_id).state == "expired"

    note_restore_point(live(), "plan_1", job)

    assert backup_id not in {item.id for item in list_backups(live())}


def test_a_child_branch_has_no_snapshot_and_goes_back_by_a_branch(
    neon: Neon, live: Live, job: Job
) -> None:
    write(neon, 1)
    with at_home(live()) as home:
        home.client.create_branch("vado-dev", home.branch.id, compute=True)
    child = live("vado-dev")

    with pytest.raises(NeonRefused, match="only takes snapshots of a root"):
        take_backup(child, job, BackupRequest(kind="neon_snapshot"))
    backup = take_backup(child, job, BackupRequest(kind="neon_branch"))
    with connect(child.target) as session:
        session.run("delete from goods")
    restore_backup(child, RestoreRequest(backup.id, mode="neon"), job)
    finalize_restore(child, backup.id, "live", job)

    assert rows(child) == [1]
    assert rows(live()) == [1]


@pytest.mark.campaign
def test_the_records_of_this_database_survive_a_restore(neon: Neon, live: Live, job: Job) -> None:
    backup_id = taken(neon, live, job, "neon_branch")
    with connect(neon.target()) as session:
        install_control(session)
    later = taken(neon, live, job, "neon_lsn")

    restore_backup(live(), RestoreRequest(backup_id, mode="neon"), job)
    finalize_restore(live(), backup_id, "live", job)

    with connect(neon.target()) as session:
        known = session.rows("select id, state from vado_control.backup")
        ended = session.rows("select kind, state from vado_control.operation")
    assert later in {row["id"] for row in known}
    assert {"kind": "restore", "state": "succeeded"} in ended
