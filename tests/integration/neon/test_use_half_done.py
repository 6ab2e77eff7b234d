"""What stops half-way at Neon, and what somebody else does meanwhile: the records stay true."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.neon_stub.fixtures import Neon

from vado.backups import (
    BackupRequest,
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
    settle_neon_restores,
    take_backup,
)
from vado.backups.neon.restore import alone
from vado.backups.stores import store_of
from vado.database import connect, install_control
from vado.environments import Environment
from vado.errors import NeonBusy, NeonRefused, NotFound, Refused, RestoreFailed, VadoError
from vado.neon import NeonClient, at_home, transport
from vado.operations import Job

Live = Callable[..., Environment]


class Died(KeyboardInterrupt):
    """What kills Vado in the middle of something."""


def died(*_: object, **__: object) -> None:
    raise Died


def write(neon: Neon, *values: int) -> None:
    with connect(neon.target()) as session:
        session.run("create table if not exists goods (id int primary key)")
        for value in values:
            session.execute("insert into goods values (%(value)s)", value=value)


def rows(environment: Environment) -> list[int]:
    with connect(environment.target) as session:
        return [row["id"] for row in session.rows("select id from goods order by id")]


def begun(live: Live, job: Job, kind: str = "neon_snapshot") -> str:
    """Take a backup and restore it beside."""
    backup = take_backup(live(), job, BackupRequest(kind=kind))  # type: ignore[arg-type]  # one of them
    restore_backup(live(), RestoreRequest(backup.id, mode="neon"), job)
    return backup.id


def steps(live: Live) -> list[str]:
    return [item.step for item in neon_status(live()).unfinished]


# Taking


@pytest.mark.parametrize(
    "gone", ["out of reach", pytest.param("key expired", marks=pytest.mark.campaign)]
)
def test_a_backup_of_which_nothing_can_be_known_is_unknown_and_then_found(
    neon: Neon, live: Live, job: Job, gone: str
):
    def nothing_more(_: object) -> None:
        if gone == "out of reach":
            neon.lose_request(None, times=99)
        else:
            neon.answer_with(401, None, times=99)

    neon.change_answer("createSnapshot", nothing_more)
    with pytest.raises(VadoError):
        take_backup(live(), job, BackupRequest(kind="neon_snapshot"))
    (left,) = list_backups(live())
    assert (left.state, len(neon.snapshot_names)) == ("unknown", 1)

    neon.answer_again()
    assert neon_status(live()).unrecorded == ()
    assert get_backup(live(), left.id).state == "ready"


def test_neon_out_of_reach_holds_an_apply_up_for_seconds_only(neon: Neon, live: Live, job: Job):
    neon.lose_request(None, times=99)
    assert note_restore_point(live(), "plan_1", job) is None
    assert len(neon.asked) == 1


def test_what_another_machine_keeps_is_shown_and_left_alone(neon: Neon, live: Live, job: Job):
    elsewhere = replace(live(), state_folder=live().state_folder / "elsewhere")
    take_backup(elsewhere, job, BackupRequest(kind="neon_snapshot"))
    take_backup(elsewhere, job, BackupRequest(kind="neon_branch"))

    found = neon_status(live())

    assert {(item.kind, item.name) for item in found.unrecorded} == {
        ("snapshot", next(iter(neon.snapshot_names))),
        ("branch", next(iter(neon.branch_names - {"main"}))),
    }
    assert found.orphans == ()
    with pytest.raises(NotFound):
        remove_orphan(live(), found.unrecorded[0].id)
    assert neon_status(elsewhere).unrecorded == ()


def test_no_branch_that_matters_is_an_orphan_whatever_it_is_called(neon: Neon, live: Live):
    with at_home(live()) as home:
        for name in ("vado-dry-1", "vado-dry-2"):
            home.client.create_branch(name, home.branch.id, compute=True)
    neon.protect("vado-dry-1")

    assert [item.name for item in orphans(live())] == ["vado-dry-2"]
    assert orphans(live("vado-dry-2")) == ()


def test_a_key_that_may_not_say_whose_it_is_will_do(neon: Neon, live: Live):
    for status in (403, 404):
        neon.answer_with(status, "getAuthDetails")
        assert neon_status(live()).personal_key is None
    assert neon_status(live()).personal_key is False


def test_a_backup_that_became_the_database_is_not_deleted(neon: Neon, live: Live, job: Job):
    backup = take_backup(live(), job, BackupRequest(kind="neon_branch"))
    kept = neon.branch((neon.branch_names - {"main"}).pop())
    with at_home(live()) as home:
        home.client.create_compute(kept.id)
    moved = live(kept.name)
    with pytest.raises(NeonRefused, match="is the database itself"):
        delete_backup(moved, backup.id, backup.id)
    assert kept.name in neon.branch_names


# The first step of a restore


def test_two_at_once_do_not_restore_the_same(neon: Neon, live: Live, job: Job):
    backup = take_backup(live(), job, BackupRequest(kind="neon_branch"))
    with (
        alone(store_of(live()), backup.id),
        pytest.raises(Refused, match="another Vado is at work"),
    ):
        restore_backup(live(), RestoreRequest(backup.id, mode="neon"), job)
    assert neon.times_asked("createProjectBranch") == 1


def test_a_restore_killed_before_it_could_be_looked_at_goes_either_way(
    neon: Neon, live: Live, job: Job, monkeypatch: pytest.MonkeyPatch
):
    backup = take_backup(live(), job, BackupRequest(kind="neon_snapshot"))
    with monkeypatch.context() as patch:
        patch.setattr("vado.backups.neon.restore.look_at", died)
        patch.setattr("vado.backups.neon.restore.remove_named", died)
        with pytest.raises(Died):
            restore_backup(live(), RestoreRequest(backup.id, mode="neon"), job)
    (left,) = neon_status(live()).unfinished
    assert (left.step, left.working, left.can_abandon) == ("restoring", False, True)
    assert orphans(live()) == ()  # it is known whose it is

    assert settle_neon_restores(live()) == (backup.id,)
    assert steps(live) == ["look"]
    abandon_restore(live(), backup.id, job)
    assert (neon.branch_names, steps(live)) == ({"main"}, [])


def test_a_branch_to_look_at_that_somebody_deleted_is_forgotten(neon: Neon, live: Live, job: Job):
    backup_id = begun(live, job)
    neon.vanish_branch((neon.branch_names - {"main"}).pop())

    with pytest.raises(Refused, match="not restored beside"):
        finalize_restore(live(), backup_id, "live", job)

    assert steps(live) == []
    assert get_backup(live(), backup_id).state == "ready"


def test_a_place_in_the_history_of_a_child_is_kept_by_one_branch_whatever_happens(
    neon: Neon, live: Live, job: Job, monkeypatch: pytest.MonkeyPatch
):
    with at_home(live()) as home:
        home.client.create_branch("vado-dev", home.branch.id, compute=True)
    child = live("vado-dev")
    backup = take_backup(child, job, BackupRequest(kind="neon_lsn"))
    neon.keep("vado-dev", since=(store_of(child).read(backup.id).neon or {})["lsn"])
    make = NeonClient.create_branch

    def killed(client: NeonClient, name: str, *rest: str, **more: str) -> None:
        make(client, name, *rest, **more)
        if name.startswith("vado-bak-"):
            raise Died

    with monkeypatch.context() as patch:
        patch.setattr(NeonClient, "create_branch", killed)
        patch.setattr("vado.backups.neon.restore.remove_named", died)
        with pytest.raises(Died):
            restore_backup(child, RestoreRequest(backup.id, mode="neon"), job)
    abandon_restore(child, backup.id, job)
    assert neon_status(child).unrecorded == ()

    restore_backup(child, RestoreRequest(backup.id, mode="neon"), job)
    kept = [name for name in neon.branch_names if name.startswith("vado-bak-")]
    now = get_backup(child, backup.id)
    assert (len(kept), now.kind, now.expires_at) == (1, "neon_branch", None)

    abandon_restore(child, backup.id, job)
    delete_backup(child, backup.id, backup.id)
    assert neon.branch_names == {"main", "vado-dev"}


# The second step


@pytest.mark.parametrize(
    "point", ["not asked", pytest.param("asked", marks=pytest.mark.campaign), "listed"]
)
def test_a_crash_while_finalizing_is_settled_by_what_neon_has(
    neon: Neon, live: Live, job: Job, point: str, monkeypatch: pytest.MonkeyPatch
):
    write(neon, 1)
    with connect(neon.target()) as session:
        install_control(session)
    backup_id = begun(live, job)
    write(neon, 2)
    where = {
        "not asked": "vado.neon.client.NeonClient.finalize_restore",
        "asked": "vado.backups.neon.replaced._back_again",
        "listed": "vado.backups.neon.replaced._move_history",
    }
    with monkeypatch.context() as patch:
        patch.setattr(where[point], died)
        with pytest.raises(Died):
            finalize_restore(live(), backup_id, "live", job)

    assert steps(live) == ["finalizing"]
    assert settle_neon_restores(live()) == (backup_id,)

    assert rows(live()) == ([1, 2] if point == "not asked" else [1])
    assert steps(live) == (["look"] if point == "not asked" else [])
    previous = [item for item in list_backups(live()) if item.reason == "before_restore"]
    assert len(previous) == (0 if point == "not asked" else 1)
    assert [item.backup_id for item in neon_status(live()).previous] == [p.id for p in previous]
    with connect(neon.target()) as session:
        state = session.value("select state from vado_control.operation where kind = 'restore'")
    assert state == ("failed" if point == "not asked" else "succeeded")


def test_a_finalize_that_neon_has_not_ended_is_neither_done_nor_undone(
    neon: Neon, live: Live, job: Job, monkeypatch: pytest.MonkeyPatch
):
    write(neon, 1)
    backup_id = begun(live, job)
    write(neon, 2)
    neon.faults.late = True
    neon.next_operation("finished", "apply_config", lasts_s=3)
    hurried = replace(transport.USUAL, operations_s=0.5)
    with monkeypatch.context() as patch:
        patch.setattr(transport, "USUAL", hurried)
        with pytest.raises(NeonBusy, match="has not ended"):
            finalize_restore(live(), backup_id, "live", job)
        assert steps(live) == ["finalizing"]
        with pytest.raises(NeonBusy):
            abandon_restore(live(), backup_id, job)

    with at_home(live()) as home:
        home.client.until_quiet(home.branch.id)
    report = finalize_restore(live(), backup_id, "live", job)

    assert rows(live()) == [1]
    assert report.branch in neon.branch_names
    assert neon.times_asked("finalizeRestoreBranch") == 1
    assert steps(live) == []


def test_a_refused_replacement_leaves_no_restore_to_look_at_that_is_not_there(
    neon: Neon, live: Live, job: Job
):
    write(neon, 1)
    backup_id = begun(live, job, "neon_branch")
    neon.answer_with(422, "restoreProjectBranch")
    with pytest.raises(NeonRefused):
        finalize_restore(live(), backup_id, "live", job)
    assert steps(live) == []

    restore_backup(live(), RestoreRequest(backup_id, mode="neon"), job)
    assert steps(live) == ["look"]


def test_what_neon_put_in_place_with_an_error_is_told_with_the_error(
    neon: Neon, live: Live, job: Job
):
    backup_id = begun(live, job)
    neon.next_operation("failed", "start_compute")
    with pytest.raises(RestoreFailed, match="reported an error") as told:
        finalize_restore(live(), backup_id, "live", job)
    # Without it every face would say that the database is as it was.
    assert told.value.details["reason"] == "replaced"
    assert steps(live) == []
    assert [item.reason for item in list_backups(live())] == ["before_restore", "manual"]


def test_a_password_of_the_backups_time_is_asked_for(neon: Neon, live: Live, job: Job):
    write(neon, 1)
    with connect(neon.target()) as session:
        install_control(session)
    backup_id = begun(live, job)
    neon.change_password("another-one")
    write(neon, 2)
    changed = live(target=neon.target())

    finalize_restore(changed, backup_id, "live", job)

    assert rows(live(target=neon.target())) == [1]
    with connect(neon.target()) as session:
        ended = session.rows("select kind, state from vado_control.operation")
    assert ended == [{"kind": "restore", "state": "succeeded"}]


def test_places_in_the_history_lead_to_what_was_replaced(neon: Neon, live: Live, job: Job):
    write(neon, 1)
    backup_id = begun(live, job, "neon_branch")
    write(neon, 2)
    place = take_backup(live(), job, BackupRequest(kind="neon_lsn"))
    neon.keep(since=(store_of(live()).read(place.id).neon or {})["lsn"])
    finalize_restore(live(), backup_id, "live", job)
    assert rows(live()) == [1]

    restore_backup(live(), RestoreRequest(place.id, mode="neon"), job)
    (left,) = neon_status(live()).unfinished
    assert left.expires_at
    assert left.look
    with at_home(live()) as home:
        looked = replace(live(), target=home.reached(str(left.branch_id), live()))
    assert rows(looked) == [1, 2]
    finalize_restore(live(), place.id, "live", job)
    assert rows(live()) == [1, 2]
