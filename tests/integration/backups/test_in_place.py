"""Restoring in place: exactly what the backup holds, or exactly what was there."""

import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace

import pytest
from tests.chaos import chaos
from tests.integration.backups.test_faults import processes
from tests.integration.backups.test_hostile_names import TABLES

from vado.backups import RestoreRequest, list_backups, restore_backup, take_backup
from vado.backups.script import _Source
from vado.backups.stores import store_of
from vado.database import Identifier, connect
from vado.errors import (
    BackupDamaged,
    Cancelled,
    ConfirmationRequired,
    RestoreFailed,
    VadoError,
)


def in_place(backup_id, word="shop"):
    return RestoreRequest(backup_id, word, mode="in_place")


AFTERWARDS = """
create schema later;
create table later.things (id int references public.customers, hue public.colour);
create table public.extra (id int);
create view public.blocking as select o.id, c.name from public.orders o, public.customers c;
create materialized view public.kept_sums as select sum(n) as n from public.sums;
create function public.extra(int, public.colour) returns int language sql as 'select 1';
create procedure public.act() language sql as 'select 1';
create aggregate public.total(int) (sfunc = int4pl, stype = int);
create domain public.positive as int check (value > 0);
create type public.pair as (a int, b public.positive);
create type public.span as range (subtype = int);
create sequence public.numbers owned by public.extra.id;
create collation public.plain (locale = 'C');
create text search configuration public.words (copy = simple);
create function public.plus(public.pair, public.pair) returns int language sql as 'select 1';
create operator public.<+> (leftarg = public.pair, rightarg = public.pair, function = public.plus);
create function public.of_pair(public.pair) returns int language sql as 'select 1';
create cast (public.pair as int) with function public.of_pair(public.pair);
create statistics public.stats (dependencies) on id, customer from public.orders;
create publication everything for table public.customers;
create function public.watch() returns event_trigger language plpgsql as 'begin end';
create event trigger watching on ddl_command_end execute function public.watch();
alter default privileges in schema public grant select on tables to public;
alter default privileges revoke execute on functions from public;
revoke all on schema public from public;
comment on schema public is 'ours';
create extension hstore schema later;
drop view public.paid;
alter table public.orders drop column status;
delete from public.parts;
select lo_create(0)
"""


def change(environment):
    with environment.session() as session:
        session.run("select lo_unlink(oid) from pg_largeobject_metadata")
        for statement in AFTERWARDS.split(";\n"):
            session.run(statement)


@pytest.mark.fault
def test_what_came_after_the_backup_is_gone_and_nothing_else(shop, backup, job, look, databases):
    before = look()
    change(shop)

    report = restore_backup(shop, in_place(backup.id), job)

    assert look() == before
    assert databases() == [shop.target.dbname]
    assert (report.mode, report.previous_database) == ("in_place", None)
    with shop.session() as session:
        assert session.value("select lo_get(oid) from pg_largeobject_metadata") == b"\0\1\2\3"
        assert session.value("select n from public.sums") == 500
        assert session.value("select count(*) from pg_default_acl") == 0
        assert session.value("select count(*) from pg_event_trigger") == 0
        assert session.value("select count(*) from pg_cast where oid >= 16384") == 0
        assert session.value("insert into public.customers (name) values ('x') returning id") == 501
    assert report.safety_backup_id == list_backups(shop)[0].id


@pytest.fixture
def slow(shop, picky, new_job, wait_until):
    """A backup whose restore waits at its very end, and a way to wait until it does."""
    picky("perform pg_sleep(60)")
    backup = take_backup(shop, new_job())

    def sleeps() -> bool:
        with shop.session() as session:
            query = "select count(*) from pg_stat_activity where wait_event = 'PgSleep'"
            return bool(session.value(query))

    return backup.id, lambda: wait_until(sleeps)


def test_cancelling_leaves_the_database_as_it_was(shop, slow, new_job, in_thread, look):
    backup_id, until_it_sleeps = slow
    before, job = look(), new_job()
    restoring = in_thread(lambda: restore_backup(shop, in_place(backup_id), job))

    until_it_sleeps()
    job.cancel()

    with pytest.raises(Cancelled, match="is as it was"):
        restoring()
    assert look() == before


def test_a_session_that_dies_leaves_the_database_as_it_was(shop, slow, new_job, in_thread, look):
    backup_id, until_it_sleeps = slow
    before, job = look(), new_job()
    restoring = in_thread(lambda: restore_backup(shop, in_place(backup_id), job))

    until_it_sleeps()
    with shop.session() as session:
        session.value(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = %(a)s",
            a=f"vado {job.id}",
        )

    with pytest.raises(RestoreFailed, match="is as it was"):
        restoring()
    assert look() == before


@pytest.mark.parametrize(
    "how", [pytest.param(signal.SIGKILL, marks=pytest.mark.fault), signal.SIGTERM]
)
def test_a_killed_pg_restore_leaves_the_database_as_it_was(shop, new_job, look, monkeypatch, how):
    with shop.session() as session:
        session.run(
            "create table public.bulk as select n, repeat(md5(n::text), 100) as noise"
            " from generate_series(1, 2000) n"
        )
    backup = take_backup(shop, new_job())
    before = look()

    def killing(rows):
        for number, piece in enumerate(rows):
            yield piece
            if number == 1:
                [pid] = processes("pg_restore", "--section=data", str(shop.state_folder))
                os.kill(pid, how)

    read = _Source.rows
    monkeypatch.setattr(_Source, "rows", lambda source: killing(read(source)))

    with pytest.raises(RestoreFailed, match=how.name) as caught:
        restore_backup(shop, in_place(backup.id), new_job())

    assert caught.value.details["cause"] == "tool_failed"
    assert look() == before


def test_a_killed_vado_leaves_the_database_as_it_was(shop, slow, look, wait_until):
    backup_id, until_it_sleeps = slow
    before, target = look(), shop.target
    code = f"""
        from pathlib import Path
        from vado.backups import RestoreRequest, restore_backup
        from vado.database import Target
        from vado.environments import Environment
        from vado.operations import Job
        class Deaf:
            def progressed(self, *_): ...
            def logged(self, *_): ...
        target = Target({target.host!r}, {target.port}, {target.dbname!r}, {target.user!r})
        folder = Path({str(shop.state_folder)!r})
        restore_backup(Environment("shop", "production", target, folder, folder, True),
                       RestoreRequest({backup_id!r}, "shop", mode="in_place"),
                       Job("op_killed", Deaf()))
    """
    vado = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)])
    until_it_sleeps()

    vado.kill()
    vado.wait()

    def is_gone() -> bool:
        with shop.session() as session:
            query = (
                "select count(*) from pg_stat_activity where application_name = 'vado op_killed'"
            )
            return not session.value(query)

    wait_until(is_gone)
    assert look() == before


@pytest.mark.parametrize("damage", ["cut", "flipped"])
def test_a_damaged_file_is_refused_before_anything_is_done(shop, backup, store, job, look, damage):
    before = look()
    path = store.file(backup.id)
    data = bytearray(path.read_bytes())
    if damage == "cut":
        del data[len(data) * 2 // 3 :]
    else:
        data[len(data) * 2 // 3] ^= 1
    path.write_bytes(data)

    with pytest.raises(BackupDamaged):
        restore_backup(shop, in_place(backup.id), job)

    assert look() == before
    assert len(list_backups(shop)) == 1


def test_a_database_that_differs_from_its_manifest_is_not_kept(shop, backup, store, job, look):
    manifest = store.read(backup.id)
    store.write(replace(manifest, tables={**manifest.tables, "public.customers": 499}))
    with shop.session() as session:
        session.run("create table public.later (id int)")
    before = look()

    with pytest.raises(RestoreFailed, match="500 rows after the restore, the backup has 499"):
        restore_backup(shop, in_place(backup.id), job)

    assert look() == before


def test_sessions_of_applications_do_not_stop_it(shop, backup, job):
    with connect(shop.target) as idle, idle.transaction():
        idle.run("update public.customers set name = 'other'")

        restore_backup(shop, in_place(backup.id), job)

        with pytest.raises(VadoError):
            idle.value("select 1")


def test_the_records_stay_and_the_ledger_is_that_of_the_data(shop, backup, job):
    with shop.session() as session:
        session.run(
            "insert into vado.migration (version, name, checksum, sql_text, state,"
            " statements_total, statements_done, started_at, os_user, host, tool_version,"
            " operation_id, plan_digest)"
            " values (1, 'm', '', '', 'applied', 1, 1, now(), '', '', '', '', '')"
        )

    report = restore_backup(shop, in_place(backup.id), job)

    with shop.session() as session:
        assert session.value("select count(*) from vado.migration") == 0
        backups = session.rows("select id from vado_control.backup order by created_at")
        assert [row["id"] for row in backups] == [backup.id, report.safety_backup_id]
        events = session.rows("select outcome from vado_control.audit_event order by id")
        assert [row["outcome"] for row in events] == ["intent", "succeeded"]


@pytest.mark.parametrize("mode", ["in_place", "swap"])
def test_a_database_without_the_schema_public_comes_back_without_it(environment, new_job, mode):
    with environment.session() as session:
        session.run("drop schema public")
        session.run("create schema app")
        session.run("create table app.things as select 1 as n")
    backup = take_backup(environment, new_job())
    with environment.session() as session:
        session.run("create schema public")

    restore_backup(environment, RestoreRequest(backup.id, "shop", mode=mode), new_job())

    with environment.session() as session:
        assert session.value("select to_regnamespace('public') is null as gone")
        assert session.value("select n from app.things") == 1


@pytest.mark.parametrize("mode", ["in_place", "tables"])
def test_no_name_leads_elsewhere(environment, new_job, mode):
    with environment.session() as session:
        for name in TABLES:
            session.execute("create schema {s}", identifiers={"s": Identifier(name)})
            table = {"t": Identifier(name, name), "c": Identifier(name)}
            session.execute("create table {t} ({c} text primary key)", identifiers=table)
            session.execute("insert into {t} values (E'\\\\.\nBEGIN;')", identifiers=table)
    backup = take_backup(environment, new_job())
    names = tuple(".".join(['"' + name.replace('"', '""') + '"'] * 2) for name in TABLES)
    some = {"tables": names, "schema": "beside"} if mode == "tables" else {}
    request = RestoreRequest(backup.id, "shop", mode, **some)

    restore_backup(environment, request, new_job())

    with environment.session() as session:
        for name in TABLES:
            schema = "beside" if mode == "tables" else name
            table = {"t": Identifier(schema, name), "c": Identifier(name)}
            assert session.value("select {c} from {t}", identifiers=table) == "\\.\nBEGIN;"


def test_an_empty_database_comes_back_empty(environment, new_job):
    backup = take_backup(environment, new_job())
    with environment.session() as session:
        session.run("create table public.things as select 1 as n")

    restore_backup(environment, in_place(backup.id), new_job())

    with environment.session() as session:
        assert session.value("select to_regclass('public.things') is null as gone")


@pytest.mark.fault
@pytest.mark.parametrize(("mode", "usual"), [("in_place", False), ("swap", False), ("swap", True)])
def test_rights_on_public_are_those_of_the_backup(environment, new_job, mode, usual):
    with environment.session() as session:
        if not usual:
            session.run("revoke all on schema public from public")
            session.run("grant usage on schema public to pg_monitor")
            session.run("comment on schema public is 'ours'")
    rights = (
        "select array(select unnest(nspacl)::text order by 1) as acl,"
        " nspowner::regrole::text as owner,"
        " obj_description(oid) as comment from pg_namespace where nspname = 'public'"
    )
    with environment.session() as session:
        before = session.row(rights)
    backup = take_backup(environment, new_job())
    with environment.session() as session:
        session.run("grant all on schema public to public")
        session.run("alter schema public owner to pg_signal_backend")
        session.run("grant all on schema public to pg_read_all_stats")

    restore_backup(environment, RestoreRequest(backup.id, "shop", mode=mode), new_job())

    with environment.session() as session:
        assert session.row(rights) == before


def test_the_word_has_to_be_typed(shop, backup, job):
    with pytest.raises(ConfirmationRequired):
        restore_backup(shop, in_place(backup.id, None), job)
    assert len(list_backups(shop)) == 1


def test_the_answer_to_a_commit_that_is_lost_is_asked_for(shop, backup, job, look):
    before = look()
    with shop.session() as session:
        session.run("create table public.later (id int)")
    with chaos(shop.target) as proxy:

        def cut_the_answer(wire, data):
            ours = b"FROM stdin" in wire.sent and b"COMMIT" in data.upper()
            return "cut_after_answer" if ours else "pass"

        proxy.rule = cut_the_answer
        away = replace(shop, target=replace(shop.target, host="127.0.0.1", port=proxy.port))
        store_of(away).folder.parent.mkdir(parents=True, exist_ok=True)
        store_of(away).folder.symlink_to(store_of(shop).folder)

        restore_backup(away, in_place(backup.id), job)

    assert look() == before
