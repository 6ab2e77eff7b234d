"""Backups and restores by roles that may not do everything."""

import logging
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from vado.backups import (
    RestoreRequest,
    adopt_backups,
    import_dump,
    list_backups,
    preview_restore,
    prove_backup,
    restore_backup,
    take_backup,
    verify_backup,
)
from vado.backups.stores import store_of
from vado.database import Identifier, connect, install_control, load_queries, parse_url
from vado.errors import ConnectionFailed, Refused, RestoreFailed, ToolFailed, VadoError

CANARY = "cAnArY:7\\x'%41@z"


@pytest.fixture
def owner(environment, cluster):
    """The database belongs to a role with a password that is no superuser."""
    role = f"owner_of_{environment.target.dbname}"
    identifiers = {"role": Identifier(role), "name": Identifier(environment.target.dbname)}
    with connect(cluster.target()) as session:
        quoted = session.value("select quote_literal(%(text)s::text)", text=CANARY)
        session.run(f'create role "{role}" login createdb password {quoted}')
        session.execute("alter database {name} owner to {role}", identifiers=identifiers)
    host = environment.target.host.replace("/", "%2F")
    password = "".join(f"%{byte:02X}" for byte in CANARY.encode())
    url = f"postgresql://{role}:{password}@{host}/{environment.target.dbname}"
    owned = replace(environment, target=parse_url(url))
    with owned.session() as session:
        install_control(session)
        session.run("create table public.t as select n from generate_series(1, 10) as n")
        session.run("grant select on public.t to public")
    yield owned
    with connect(cluster.target()) as session:
        for row in session.rows(
            "select datname from pg_database where pg_get_userbyid(datdba) = %(role)s", role=role
        ):
            name = Identifier(row["datname"])
            session.execute("drop database {name} with (force)", identifiers={"name": name})
        session.execute("create database {name}", identifiers=identifiers)
        session.execute("drop role {role}", identifiers=identifiers)


def test_an_owner_without_superuser_can_restore(owner, new_job):
    backup = take_backup(owner, new_job())
    with owner.session() as session:
        session.run("drop table public.t")

    report = restore_backup(owner, RestoreRequest(backup.id, "shop"), new_job())

    with owner.session() as session:
        assert session.value("select count(*) from public.t") == 10
        assert session.value("select state from vado_control.operation") == "succeeded"
    assert report.previous_database.startswith(owner.target.dbname)


@pytest.mark.fault
def test_without_createdb_a_restore_is_done_in_place(owner, new_job, cluster, databases):
    with connect(cluster.target(owner.target.dbname)) as session:
        session.run("create schema extensions")
        session.run("create extension pg_stat_statements schema extensions")
        session.run("grant usage on schema extensions to public")
    with owner.session() as session:
        session.run("create extension pg_trgm")
        session.run("create view public.calls as select calls from extensions.pg_stat_statements")
        session.run("alter default privileges in schema public grant select on tables to public")
    backup = take_backup(owner, new_job())
    with connect(cluster.target()) as session:
        session.run(f'alter role "{owner.target.user}" nocreatedb')
    with owner.session() as session:
        session.run("drop view public.calls")
        session.run("drop extension pg_trgm")
        session.run("delete from public.t")
        session.run("create schema later")

    restore_backup(owner, RestoreRequest(backup.id, "shop", mode="in_place"), new_job())

    with owner.session() as session:
        assert session.value("select count(*) from public.t") == 10
        assert session.value("select to_regclass('public.calls') is not null as there")
        assert session.value("select count(*) from pg_extension") == 3
        assert session.value("select to_regnamespace('later') is null as gone")
    assert databases() == [owner.target.dbname]


def test_objects_of_another_role_are_not_restored_over(owner, new_job, cluster):
    backup = take_backup(owner, new_job())
    with connect(cluster.target(owner.target.dbname)) as session:
        session.run("create table public.foreign_one (id int)")

    with pytest.raises(Refused, match="may not act as: postgres"):
        restore_backup(owner, RestoreRequest(backup.id, "shop", mode="in_place"), new_job())

    with owner.session() as session:
        assert session.value("select count(*) from public.t") == 10


def test_who_owns_something_beside_the_schemas_is_known_before_a_restore(environment):
    made = {
        "of_trigger": (
            "create function public.f() returns event_trigger language plpgsql as 'begin end'",
            "create event trigger e on sql_drop execute function public.f()",
            "alter function public.f() owner to of_nobody",
        ),
        "of_publication": ("create publication p for all tables",),
        "of_wrapper": ("create foreign data wrapper w",),
        "of_server": ("create server s foreign data wrapper w",),
        "of_default": ("alter default privileges grant select on tables to public",),
    }
    owners = load_queries("vado.backups")["owners"]
    with environment.session() as session:
        for role in ("of_nobody", *made):
            session.run(f"create role {role} superuser")
        for role, statements in made.items():
            session.run(f"set role {role}")
            for statement in statements:
                session.run(statement)
        session.run("reset role")

        found = [row["name"] for row in session.rows(owners)]

        session.run(f"drop owned by {', '.join(['of_nobody', *made])} cascade")
        session.run(f"drop role {', '.join(['of_nobody', *made])}")
    assert found == sorted(["of_nobody", *made])


def test_without_createdb_a_swap_is_refused_before_anything(owner, new_job, cluster, databases):
    backup = take_backup(owner, new_job())
    with connect(cluster.target()) as session:
        session.run(f'alter role "{owner.target.user}" nocreatedb')

    with pytest.raises(Refused, match="may not create databases") as caught:
        restore_backup(owner, RestoreRequest(backup.id, "shop"), new_job())

    assert "CREATEDB" in (caught.value.hint or "")
    assert len(list_backups(owner)) == 1
    assert databases() == [owner.target.dbname]


def test_without_createdb_the_schemas_are_compared_on_our_own_server(owner, new_job, cluster):
    with owner.session() as session:
        session.run("alter default privileges grant select on tables to pg_monitor")
        session.run("create view public.v as select n from public.t")
    backup = take_backup(owner, new_job())
    with owner.session() as session:
        session.run("drop view public.v")
        session.run("create table public.later (id int)")
    with connect(cluster.target()) as session:
        session.run(f'alter role "{owner.target.user}" nocreatedb')

    found = preview_restore(owner, backup.id, new_job())

    changes = {(change.action, change.kind, change.identity) for change in found.changes}
    assert ("add", "view", "public.v") in changes
    assert {name for _, _, name in changes if not name.startswith("public.later")} == {"public.v"}
    assert "later" in found.ddl["before"]
    assert "later" not in found.ddl["after"]
    assert [note["code"] for note in found.notes if "structure" in note["code"]] == [
        "structure_elsewhere"
    ]
    [swap] = [mode for mode in found.modes if mode.mode == "swap"]
    assert (swap.possible, swap.code) == (False, "may_not_create_databases")
    assert swap.params == {"role": owner.target.user}


def test_one_that_does_not_own_the_database_is_refused(owner, new_job, environment):
    backup = take_backup(owner, new_job())
    with environment.session() as session:
        session.run(f'alter database "{owner.target.dbname}" owner to current_user')
        session.run(f'grant all on database "{owner.target.dbname}" to "{owner.target.user}"')
    try:
        with pytest.raises(Refused, match="does not own"):
            restore_backup(owner, RestoreRequest(backup.id, "shop"), new_job())
    finally:
        with environment.session() as session:
            session.run(f'alter database "{owner.target.dbname}" owner to "{owner.target.user}"')


def test_objects_of_others_are_not_given_to_the_restoring_role(owner, new_job, environment):
    with environment.session() as session:
        session.run("create table public.of_a_superuser (id int)")
        session.run("grant select on public.of_a_superuser to public")
    backup = take_backup(owner, new_job())

    with pytest.raises(Refused, match="may not act as: postgres"):
        restore_backup(owner, RestoreRequest(backup.id, "shop"), new_job())


def test_a_table_that_may_not_be_read_fails_the_backup_with_its_name(owner, new_job, environment):
    with environment.session() as session:
        session.run("create table public.hidden (id int)")

    with pytest.raises(ToolFailed, match="permission denied for table hidden") as caught:
        take_backup(owner, new_job())

    assert caught.value.details["reason"] == "no_permission"
    assert "GRANT" in (caught.value.hint or "")
    assert [item.state for item in list_backups(owner)] == ["failed"]


def test_rows_that_a_policy_hides_are_not_left_out_in_silence(owner, new_job):
    with owner.session() as session:
        session.run("create policy few on public.t using (n < 3)")
        session.run("alter table public.t enable row level security")
        session.run("alter table public.t force row level security")

    with pytest.raises(ToolFailed) as caught:
        take_backup(owner, new_job())

    assert caught.value.details["reason"] == "row_security"
    assert "BYPASSRLS" in (caught.value.hint or "")


def test_large_objects_of_others_are_left_out_and_that_is_said(
    owner, new_job, environment, reports
):
    with environment.session() as session:
        session.run("select lo_from_bytea(0, '\\x00')")

    backup = take_backup(owner, new_job())

    assert (backup.state, backup.left_out) == ("verified", ("large_objects",))
    assert any("1 of them belong to others" in line for line in reports.lines)
    with environment.session() as session:
        large = session.value("select oid::bigint from pg_largeobject_metadata")
        session.run(f'grant select on large object {large} to "{owner.target.user}"')
    assert take_backup(owner, new_job()).left_out == ()


@pytest.mark.campaign  # the server waits 5 seconds for such a session
def test_a_session_that_cannot_be_ended_fails_the_restore_and_is_named(
    owner, new_job, environment, databases
):
    backup = take_backup(owner, new_job())

    with environment.session() as superuser:
        superuser.value("select 1")
        with pytest.raises(RestoreFailed, match="postgres") as caught:
            restore_backup(owner, RestoreRequest(backup.id, "shop"), new_job())
        assert superuser.value("select count(*) from public.t") == 10

    assert "as it was" in caught.value.message
    assert databases() == [owner.target.dbname]


def test_the_password_is_seen_nowhere(owner, new_job, isolated, caplog, reports, seen_in_processes):
    caplog.set_level(logging.DEBUG)
    parts = [CANARY, "cAnArY", CANARY.replace("\\", "\\\\")]
    with seen_in_processes("cAnArY") as seen:
        backup = take_backup(owner, new_job())
        verify_backup(owner, backup.id, new_job())
        prove_backup(owner, backup.id, new_job())
        import_dump(owner, store_of(owner).file(backup.id), new_job())
        restore_backup(owner, RestoreRequest(backup.id, "shop"), new_job())
        (store_of(owner).folder / f"{backup.id}.json").unlink()
        assert len(adopt_backups(owner).adopted) == 1
        errors = _failures(owner, new_job)

    assert seen == []
    told = "\n".join([*errors, caplog.text, str(reports), str(owner)])
    files = [path for path in isolated.rglob("*") if path.is_file()]
    assert len(files) > 4
    kept = "\n".join(path.read_bytes().decode(errors="replace") for path in files)
    for part in parts:
        assert part not in told
        assert part not in kept
    assert not list(Path(tempfile.gettempdir()).glob("vado-*.pgpass"))


def _failures(owner, new_job) -> list[str]:
    """Errors of a wrong password that holds the canary, and of a server that is not there."""
    wrong = type(owner.target.password)(f"wrong {CANARY}")
    told = []
    for target in (
        replace(owner.target, password=wrong),
        replace(owner.target, port=1),
        replace(owner.target, dbname="nowhere"),
    ):
        with pytest.raises(ConnectionFailed) as caught:
            take_backup(replace(owner, target=target), new_job())
        error: VadoError = caught.value
        told.append(f"{error!r} {error.hint} {error.details} {error.__cause__!r}")
    return told
