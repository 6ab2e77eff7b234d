import json
import threading
import time
from collections.abc import Callable

import pytest

from vado.backups import (
    BackupRequest,
    delete_backup,
    dump,
    get_backup,
    list_backups,
    moment,
    take_backup,
    update_backup,
)
from vado.backups.stores import LocalStore
from vado.database import connect
from vado.environments import Environment
from vado.errors import (
    BackupError,
    Cancelled,
    ConfirmationRequired,
    NotFound,
    ToolFailed,
    UsageError,
)
from vado.operations import Job


def test_a_backup_says_what_it_holds(shop, job, look):
    found = take_backup(shop, job, BackupRequest("before the sale", pinned=True, plan_id="p1"))

    assert (found.state, found.available, found.label, found.pinned) == (
        "verified",
        True,
        "before the sale",
        True,
    )
    assert (found.reason, found.plan_id, found.operation_id) == ("manual", "p1", job.id)
    assert found.fingerprint == look()["fingerprint"]
    assert (found.tables, found.rows) == (3, 707)
    assert found.database == shop.target.dbname


def test_a_backup_without_tables_is_a_backup(environment, job):
    found = take_backup(environment, job)

    assert (found.state, found.tables, found.rows) == ("verified", 0, 0)


def test_the_manifest_beside_the_file_says_it_all(backup, store: LocalStore):
    text = json.loads((store.folder / f"{backup.id}.json").read_text())

    assert text["format"] == 1
    assert text["sha256"] == backup.sha256
    assert text["tables"]["public.customers"] == 500
    assert text["tables"]["vado.migration"] == 0
    assert not any(name.startswith("vado_control.") for name in text["tables"])


def test_the_ledgers_version_is_part_of_the_backup(shop, new_job):
    with shop.session() as session:
        session.run(
            "insert into vado.migration (version, name, checksum, sql_text, state,"
            " statements_total, statements_done, started_at, os_user, host, tool_version,"
            " operation_id, plan_digest) select v, 'm', '', '', s, 1, 1, now(), '', '', '', '', ''"
            " from (values (9, 'applied'), (20261122101500, 'applied'), (20991122101500, 'undone'))"
            " as m (v, s)"
        )

    assert take_backup(shop, new_job()).ledger_version == "20261122101500"


def test_manifest_and_dump_tell_of_the_same_moment(shop, new_job, in_thread):
    stop = threading.Event()

    def write() -> None:
        with connect(shop.target) as session:
            while not stop.is_set():
                session.run("insert into public.customers (name) values ('x')")

    writing = in_thread(write)
    try:
        backup = take_backup(shop, new_job())
    finally:
        stop.set()
        writing()

    # Orders refer to customers; a dump of two moments would be found by the restore's comparison.
    assert backup.rows is not None
    assert backup.rows >= 707


def test_steps_and_rows_are_told(shop, job, reports):
    with shop.session() as session:
        session.run("analyze")

    take_backup(shop, job)

    codes = [step["code"] for step in reports.steps]
    assert list(dict.fromkeys(codes)) == [*("read_catalogue", "dump", "hash", "record", "decode")]
    assert {"code": "dump", "params": {"table": "public.customers"}} in reports.steps
    # The rows of the shop, and a few of Vado's own.
    assert any(unit == "rows" and total >= 710 for _, total, unit in reports.progress)


def test_backups_are_listed_newest_first(shop, new_job):
    first, second = take_backup(shop, new_job()), take_backup(shop, new_job())

    assert [item.id for item in list_backups(shop)] == [second.id, first.id]
    assert get_backup(shop, first.id) == first


def test_the_database_keeps_a_list_of_its_own(shop, backup):
    update_backup(shop, backup.id, label="kept", pinned=True)

    with shop.session() as session:
        row = session.row("select * from vado_control.backup")

    assert row is not None
    assert (row["id"], row["state"], row["label"], row["pinned"]) == (
        backup.id,
        "verified",
        "kept",
        True,
    )
    assert row["manifest"]["sha256"] == backup.sha256


def test_a_backup_needs_no_schema_of_vado(environment, job):
    with environment.session() as session:
        session.run("create table public.t (id int)")

    assert take_backup(environment, job).tables == 1


def test_label_and_pin_change_and_an_empty_label_goes(shop, backup):
    assert update_backup(shop, backup.id, label="a").label == "a"
    assert update_backup(shop, backup.id, pinned=True).label == "a"
    assert update_backup(shop, backup.id, label="").label is None
    assert get_backup(shop, backup.id).pinned


def test_a_label_beyond_200_characters_is_refused(shop, backup, new_job):
    with pytest.raises(UsageError):
        update_backup(shop, backup.id, label="x" * 201)
    with pytest.raises(UsageError):
        take_backup(shop, new_job(), BackupRequest("x" * 201))


@pytest.mark.parametrize("confirmation", [None, "shop"])
def test_deleting_asks_for_the_id(shop, backup, confirmation):
    with pytest.raises(ConfirmationRequired) as caught:
        delete_backup(shop, backup.id, confirmation)

    assert caught.value.details["word"] == backup.id
    assert get_backup(shop, backup.id).available


def test_a_deleted_backup_is_gone_everywhere(shop, backup, store):
    delete_backup(shop, backup.id, backup.id)

    assert list_backups(shop) == []
    assert not list(store.folder.glob("bk_*"))
    with shop.session() as session:
        assert session.value("select state from vado_control.backup") == "deleted"
    with pytest.raises(NotFound):
        delete_backup(shop, backup.id, backup.id)


def test_a_backup_whose_file_is_missing_says_so(shop, backup, store):
    store.file(backup.id).unlink()

    found = get_backup(shop, backup.id)

    assert (found.state, found.available) == ("missing", False)


def test_cancelling_a_dump_leaves_no_file(
    shop: Environment, job: Job, store: LocalStore, in_thread: Callable, wait_until: Callable
):
    with shop.session() as session:
        session.run("create table public.alone (id int)")
    with connect(shop.target) as blocker, blocker.transaction():
        blocker.run("lock table public.alone")  # pg_dump waits for it
        taking = in_thread(lambda: take_backup(shop, job))
        wait_until(lambda: _waits_for_lock(shop))
        began = time.monotonic()
        job.cancel()
        with pytest.raises(Cancelled):
            taking()

    assert time.monotonic() - began < 2
    [left] = list_backups(shop)
    assert (left.state, left.available) == ("failed", False)
    assert [path.suffix for path in store.folder.glob("bk_*")] == [".json"]


def test_a_backup_that_cannot_fit_is_not_begun(shop, job, store, monkeypatch):
    monkeypatch.setattr("vado.backups.space._RESERVE_BYTES", 2**60)

    with pytest.raises(BackupError, match="are free"):
        take_backup(shop, job)

    assert not list(store.folder.glob("bk_*"))


def _waits_for_lock(environment: Environment) -> bool:
    with environment.session() as session:
        waiting = session.value(
            "select count(*) from pg_stat_activity where starts_with(application_name, 'vado op_')"
            " and wait_event_type = 'Lock'"
        )
        return bool(waiting)


# With a view it is the catalogue that waits, without it is pg_dump.
@pytest.mark.parametrize("view", [False, True])
def test_who_holds_a_table_shut_is_said_while_it_waits_and_when_it_gives_up(
    environment, job, reports, monkeypatch, view
):
    with environment.session() as session:
        session.run("create table public.orders (id int)")
        if view:
            session.run("create view public.paid as select id from public.orders")
    for room in (dump, moment):
        monkeypatch.setattr(room, "LOCK_WAIT_MS", 1500)
    with environment.session() as holder, holder.transaction():
        holder.run("lock table public.orders")

        with pytest.raises((ToolFailed, BackupError)) as caught:
            take_backup(environment, job)

        said = [step["params"].get("blocked_by") for step in reports.steps]
        assert holder.backend_pid in said
    assert caught.value.details["reason"] == "locked"


def test_two_backups_at_once_do_not_disturb_each_other(shop, new_job, in_thread):
    taking = [in_thread(lambda: take_backup(shop, new_job())) for _ in range(2)]

    taken = [result() for result in taking]

    assert len({backup.id for backup in taken}) == 2
    assert {backup.state for backup in list_backups(shop)} == {"verified"}
