from dataclasses import replace

import pytest

from vado.backups import (
    RestoreRequest,
    list_backups,
    prove_backup,
    restore_backup,
    take_backup,
)
from vado.backups.stores import store_of
from vado.database import Identifier, connect

DATABASES = [
    "user=nobody dbname=postgres host=/nowhere",
    "postgresql://nobody@nowhere/x",
    'it\'s "quoted" ñ 日本 %s {x} $1',
    "--file=/tmp/owned",
    "x" * 63,
]
TABLES = [
    'a"b',
    "it's",
    "two\nlines\nCOPY public.fake (id) FROM stdin;\n1",
    "dot.ted",
    "%s {t} $1 \\.",
    "año 日本",
    "-- comment",
]


@pytest.fixture(params=DATABASES)
def hostile(request, environment, cluster):
    name = request.param
    with connect(cluster.target()) as session:
        session.execute("create database {n}", identifiers={"n": Identifier(name)})
    yield replace(environment, target=cluster.target(name), name="../../etc/<x>")
    with connect(cluster.target()) as session:
        for row in session.rows(
            "select datname from pg_database where datname = %(name)s"
            " or (starts_with(datname, left(%(name)s, 20)) and datname ~ '_restor')",
            name=name,
        ):
            session.execute(
                "drop database {n} with (force)", identifiers={"n": Identifier(row["datname"])}
            )


def test_no_name_leads_elsewhere(hostile, new_job, isolated):
    with hostile.session() as session:
        for name in TABLES:
            table = {"t": Identifier("public", name)}
            session.execute("create table {t} (id int)", identifiers=table)
            session.execute("insert into {t} values (1)", identifiers=table)
    backup = take_backup(hostile, new_job())
    with hostile.session() as session:
        session.execute("drop table {t}", identifiers={"t": Identifier("public", TABLES[0])})

    report = restore_backup(hostile, RestoreRequest(backup.id, hostile.name), new_job())

    assert (backup.database, backup.tables, backup.rows) == (
        hostile.target.dbname,
        len(TABLES),
        len(TABLES),
    )
    assert len(report.previous_database.encode()) <= 63
    with hostile.session() as session:
        for name in TABLES:
            table = {"t": Identifier("public", name)}
            assert session.value("select count(*) from {t}", identifiers=table) == 1
    assert store_of(hostile).folder.parent == isolated / "backups"


def test_backups_of_another_database_are_not_listed(shop, backup):
    other = replace(shop, target=replace(shop.target, dbname="postgres"))
    elsewhere = replace(shop, target=replace(shop.target, host="elsewhere"))

    assert [item.id for item in list_backups(shop)] == [backup.id]
    assert list_backups(other) == []
    assert list_backups(elsewhere) == []


def test_a_database_in_another_encoding_comes_back(environment, cluster, new_job):
    name = f"{environment.target.dbname}_latin1"
    with connect(cluster.target()) as session:
        session.execute(
            "create database {n} encoding 'LATIN1' locale 'C' template template0",
            identifiers={"n": Identifier(name)},
        )
    latin = replace(environment, target=environment.target.with_database(name))
    with latin.session() as session:
        session.run("set client_encoding to 'UTF8'")
        session.run('create table public."año" (texto text)')
        session.run("insert into public.\"año\" values ('ñandú')")
    backup = take_backup(latin, new_job())

    assert prove_backup(latin, backup.id, new_job()).state == "proven"
    restore_backup(latin, RestoreRequest(backup.id, "shop"), new_job())

    with latin.session() as session:
        assert session.value("select octet_length(texto) from public.año") == 5
        assert (
            session.value(
                "select pg_encoding_to_char(encoding) from pg_database"
                " where datname = current_database()"
            )
            == "LATIN1"
        )
