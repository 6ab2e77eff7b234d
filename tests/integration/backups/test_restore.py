import threading
from dataclasses import replace

import pytest

from vado.backups import RestoreRequest, list_backups, restore_backup, settle_restores, take_backup
from vado.backups.permission import usable
from vado.backups.successor import choose_names, maintenance, successor
from vado.database import MIGRATION_LOCK, Identifier, connect
from vado.errors import (
    ConfirmationRequired,
    LockNotObtained,
    Refused,
    RestoreFailed,
    VadoError,
)


def test_what_came_after_the_backup_is_gone(shop, backup, job, look):
    before = look()
    with shop.session() as session:
        session.run("create table public.later (id int references public.customers)")
        session.run("delete from public.orders")
        session.run("drop view public.paid")

    report = restore_backup(shop, RestoreRequest(backup.id, "shop"), job)

    assert look() == before
    assert report.database == shop.target.dbname
    assert report.backup_id == backup.id
    with connect(shop.target.with_database(report.previous_database)) as previous:
        assert previous.value("select to_regclass('public.later') is not null as there")


def test_large_objects_and_materialized_views_come_back(shop, backup, job):
    with shop.session() as session:
        session.run("select lo_unlink(oid) from pg_largeobject_metadata")

    restore_backup(shop, RestoreRequest(backup.id, "shop"), job)

    with shop.session() as session:
        assert session.value("select lo_get(oid) from pg_largeobject_metadata") == b"\0\1\2\3"
        assert session.value("select n from public.sums") == 500


def test_the_ledger_comes_back_with_the_data_and_the_records_stay(shop, backup, job):
    with shop.session() as session:
        session.run(
            "insert into vado.migration (version, name, checksum, sql_text, state,"
            " statements_total, statements_done, started_at, os_user, host, tool_version,"
            " operation_id, plan_digest)"
            " values (1, 'm', '', '', 'applied', 1, 1, now(), '', '', '', '', '')"
        )

    report = restore_backup(shop, RestoreRequest(backup.id, "shop"), job)

    with shop.session() as session:
        assert session.value("select count(*) from vado.migration") == 0
        backups = session.rows("select id from vado_control.backup order by created_at")
        assert [row["id"] for row in backups] == [backup.id, report.safety_backup_id]
        operations = session.rows("select id, kind, state from vado_control.operation")
        assert operations == [{"id": job.id, "kind": "restore", "state": "succeeded"}]
        events = session.rows("select outcome from vado_control.audit_event order by id")
        assert [row["outcome"] for row in events] == ["intent", "succeeded"]


def test_the_audit_log_stays_append_only_and_chained(shop, backup, new_job):
    for _ in range(2):
        restore_backup(shop, RestoreRequest(backup.id, "shop"), new_job())

    with shop.session() as session:
        events = session.rows(
            "select previous_hash, lag(hash) over (order by id) as before"
            " from vado_control.audit_event"
        )
        assert len(events) == 4
        assert all(row["previous_hash"] == row["before"] for row in events)
        with pytest.raises(VadoError, match="append-only"):
            session.run("delete from vado_control.audit_event")


def test_a_safety_backup_of_the_present_state_is_taken_first(shop, backup, job):
    with shop.session() as session:
        session.run("insert into public.customers (name) values ('latest')")

    report = restore_backup(shop, RestoreRequest(backup.id, "shop"), job)

    safety, first = list_backups(shop)
    assert (safety.id, safety.reason, safety.state) == (
        report.safety_backup_id,
        "before_restore",
        "verified",
    )
    assert (safety.rows or 0) == (first.rows or 0) + 1


def test_one_can_go_back_again(shop, backup, new_job, look):
    with shop.session() as session:
        session.run("create table public.later (id int)")
    latest = look()
    report = restore_backup(shop, RestoreRequest(backup.id, "shop"), new_job())

    restore_backup(shop, RestoreRequest(report.safety_backup_id, "shop"), new_job())

    assert look() == latest


def test_what_belongs_to_the_database_is_carried_over(shop, backup, job, cluster):
    name = shop.target.dbname
    with connect(cluster.target()) as session:
        session.run("drop role if exists reader_of_shop")
        session.run("create role reader_of_shop")
        for statement in (
            """set search_path to "$user", public, "we, ird" """,
            "set app.motto to 'it''s, \"fine\"'",
            "set work_mem to '5MB'",
            "connection limit 50",
            "is_template true",
        ):
            session.run(f'alter database "{name}" {statement}')
        session.run(f"alter role reader_of_shop in database \"{name}\" set work_mem to '6MB'")
        session.run(f'revoke all on database "{name}" from public')
        session.run(f'grant connect on database "{name}" to reader_of_shop with grant option')
        session.run(f"comment on database \"{name}\" is 'it''s the shop'")

    report = restore_backup(shop, RestoreRequest(backup.id, "shop"), job)

    about = (
        "select datdba, encoding, datcollate, datctype, datconnlimit, dattablespace, datistemplate,"
        " datacl::text as acl, to_jsonb(d) ->> 'datlocprovider' as provider,"
        " shobj_description(oid, 'pg_database') as comment,"
        " (select jsonb_agg(jsonb_build_array(setrole, setconfig) order by setrole)"
        " from pg_db_role_setting where setdatabase = d.oid) as settings"
        " from pg_database as d where datname = %(name)s"
    )
    with connect(cluster.target()) as session:
        present, previous = (
            session.row(about, name=each) for each in (name, report.previous_database)
        )
        session.run("drop owned by reader_of_shop")
        session.run(f'alter database "{name}" is_template false')
    assert present is not None
    assert previous is not None
    assert present.pop("comment") == "it's the shop"
    assert previous.pop("comment").startswith("Vado keeps this database")
    assert (present.pop("datistemplate"), previous.pop("datistemplate")) == (True, False)
    assert present == previous
    assert len(present["settings"]) == 2


def test_sessions_of_applications_do_not_stop_the_swap(shop, backup, job):
    stop, errors = threading.Event(), []

    def reconnect_at_once() -> None:
        while not stop.is_set():
            try:
                with connect(shop.target) as session:
                    while not stop.is_set():
                        session.value("select count(*) from public.customers")
            except VadoError as error:
                errors.append(error.code)

    applications = [threading.Thread(target=reconnect_at_once) for _ in range(3)]
    with connect(shop.target) as idle, idle.transaction():
        idle.value("select count(*) from public.customers")
        for thread in applications:
            thread.start()
        try:
            restore_backup(shop, RestoreRequest(backup.id, "shop"), job)
        finally:
            stop.set()
            for thread in applications:
                thread.join()
        with pytest.raises(VadoError):
            idle.value("select 1")
    assert set(errors) <= {"connection_failed"}


@pytest.mark.parametrize("confirmation", [None, "Shop"])
def test_the_word_has_to_be_typed(shop, backup, job, databases, confirmation):
    with pytest.raises(ConfirmationRequired) as caught:
        restore_backup(shop, RestoreRequest(backup.id, confirmation), job)

    assert caught.value.details["word"] == "shop"
    assert databases() == [shop.target.dbname]
    assert len(list_backups(shop)) == 1


def test_a_failing_restore_leaves_the_database_as_it_was(shop, picky, new_job, look, databases):
    picky("raise exception 'not here'")
    backup = take_backup(shop, new_job())
    before = look()
    job = new_job()

    with pytest.raises(RestoreFailed, match="is as it was") as caught:
        restore_backup(shop, RestoreRequest(backup.id, "shop"), job)

    assert "not here" in caught.value.message
    assert look() == before
    assert databases() == [shop.target.dbname]
    with shop.session() as session:
        [row] = session.rows("select id, state from vado_control.operation")
    assert row == {"id": job.id, "state": "failed"}


def test_a_database_that_differs_from_its_manifest_is_not_swapped_in(
    shop, backup, store, job, databases
):
    manifest = store.read(backup.id)
    store.write(replace(manifest, tables={**manifest.tables, "public.customers": 499}))

    with pytest.raises(RestoreFailed, match="500 rows after the restore, the backup has 499"):
        restore_backup(shop, RestoreRequest(backup.id, "shop"), job)

    assert databases() == [shop.target.dbname]


def test_a_schema_that_differs_from_its_manifest_is_not_swapped_in(
    shop, backup, store, job, databases
):
    manifest = store.read(backup.id)
    other = manifest.fingerprint[:-4] + "0000"
    store.write(replace(manifest, fingerprint=other))

    with pytest.raises(RestoreFailed, match="schema is not the one"):
        restore_backup(shop, RestoreRequest(backup.id, "shop"), job)

    assert databases() == [shop.target.dbname]


def test_a_backup_that_was_never_decoded_is_decoded_first(shop, backup, store, job):
    store.write(replace(store.read(backup.id), state="ready", tables=None, verified_at=None))

    restore_backup(shop, RestoreRequest(backup.id, "shop"), job)

    assert list_backups(shop)[1].state == "verified"


def test_no_restore_runs_into_an_apply(shop, backup, job, databases):
    with shop.session() as applying:
        applying.value("select pg_advisory_lock(%(lock)s)", lock=MIGRATION_LOCK)

        with pytest.raises(LockNotObtained):
            restore_backup(shop, RestoreRequest(backup.id, "shop"), job)

    assert databases() == [shop.target.dbname]


def test_one_restore_at_a_time(shop, backup, job):
    with maintenance(shop.target) as server:
        key = f"vado restores {shop.target.dbname}"
        server.value("select pg_advisory_lock(hashtextextended(%(key)s, 0))", key=key)

        with pytest.raises(LockNotObtained):
            restore_backup(shop, RestoreRequest(backup.id, "shop"), job)
        assert settle_restores(shop) == []


def test_what_a_killed_restore_left_is_dropped(shop, job, databases):
    with maintenance(shop.target) as server:
        names = choose_names(server, shop.target.dbname)
        left = successor(server, shop.target, names, job)
        left.__enter__()  # and never left: as after a kill
    assert names.successor in databases()

    assert settle_restores(shop) == [names.successor]
    assert databases() == [shop.target.dbname]


def test_a_database_of_the_user_that_looks_like_a_left_one_stays(shop, cluster, databases):
    name = f"{shop.target.dbname}_restoring_20261122101500"
    with connect(cluster.target()) as session:
        session.execute("create database {name}", identifiers={"name": Identifier(name)})

    assert settle_restores(shop) == []
    assert name in databases()


def test_a_database_on_neon_is_not_renamed(shop, backup, store):
    neon = replace(shop.target, host="ep-cool-1.eu-central-1.aws.neon.tech")
    environment = replace(shop, target=neon)
    with pytest.raises(Refused, match="Neon"):
        usable(environment, store, RestoreRequest(backup.id, "shop"))


def test_a_server_that_was_set_up_anew_is_restored_to_and_told(shop, backup, store, job, reports):
    store.write(replace(store.read(backup.id), identity="0123"))

    restore_backup(shop, RestoreRequest(backup.id, "shop"), job)

    assert reports.lines == ["the backup was taken on another server that had this address"]
