"""Single tables, restored into a schema of their own beside everything else."""

from dataclasses import replace

import pytest

from vado.backups import RestoreRequest, restore_backup, take_backup
from vado.errors import NotFound, Refused, RestoreFailed, UsageError


def tables(backup_id, *names, schema="beside"):
    return RestoreRequest(backup_id, mode="tables", tables=names, schema=schema)


@pytest.mark.fault
def test_tables_come_back_beside_the_others_and_nothing_else_changes(shop, backup, job, look):
    with shop.session() as session:
        session.run("delete from public.parts")
        session.run("delete from public.orders where id > 5")
    before = look()

    report = restore_backup(shop, tables(backup.id, "public.orders", "parts", "customers"), job)

    after = look()
    assert (report.mode, report.schema) == ("tables", "beside")
    assert (report.previous_database, report.safety_backup_id) == (None, None)
    assert {name: rows for name, rows in after["rows"].items() if "beside" in name} == {
        "beside.customers": 500,
        "beside.orders": 200,
        "beside.parts": 7,
        "beside.parts_1": 7,
    }
    with shop.session() as session:
        assert session.value("select count(*) from beside.parts where hue = 'red'") == 7
        session.run("drop schema beside cascade")
    assert look() == before


def test_the_schema_is_called_after_the_time(shop, backup, job):
    report = restore_backup(shop, tables(backup.id, "orders", schema=None), job)

    assert report.schema.startswith("restored_20")


def test_a_table_with_a_parent_brings_its_columns_along(shop, new_job):
    with shop.session() as session:
        session.run('create table public."The base" (id int, "a, b" text default \'x (y)\')')
        session.run('create table public.child (c int) inherits (public."The base")')
        session.run("insert into public.\"The base\" values (1, 'one')")
        session.run("insert into public.child values (2, 'two', 3)")
    backup = take_backup(shop, new_job())

    restore_backup(shop, tables(backup.id, "child"), new_job())

    with shop.session() as session:
        rows = session.rows("select * from beside.child")
        assert rows == [{"id": 2, "a, b": "two", "c": 3}]
        assert session.value('select count(*) from only beside."The base"') == 0


@pytest.mark.parametrize(
    ("names", "error", "says"),
    [
        (("nothing", "public.orders"), NotFound, "holds no table nothing"),
        (("public.paid",), NotFound, "public.paid"),
        ((), UsageError, "no table is named"),
    ],
)
def test_what_is_not_there_is_said_by_name(shop, backup, job, names, error, says):
    with pytest.raises(error, match=says):
        restore_backup(shop, tables(backup.id, *names), job)

    with shop.session() as session:
        assert session.value("select to_regnamespace('beside') is null as none")


@pytest.mark.parametrize("schema", ["public", "vado_control", "pg_mine"])
def test_a_schema_that_is_there_is_not_restored_into(shop, backup, job, schema):
    with pytest.raises((Refused, UsageError), match=schema):
        restore_backup(shop, tables(backup.id, "orders", schema=schema), job)


def test_a_type_that_is_gone_leaves_nothing_behind(shop, backup, job, look):
    with shop.session() as session:
        session.run("drop table public.parts")
        session.run("drop type public.colour")
    before = look()

    with pytest.raises(RestoreFailed, match=r"public\.colour") as caught:
        restore_backup(shop, tables(backup.id, "orders", "parts"), job)

    assert "Make it again" in (caught.value.hint or "")
    assert look() == before


def test_of_a_backup_from_elsewhere_no_function_is_called(shop, store, new_job):
    with shop.session() as session:
        session.run("create table public.odd (id int default random())")
    backup = take_backup(shop, new_job())
    store.write(replace(store.read(backup.id), quarantined=True))

    with pytest.raises(Refused, match="calls functions"):
        restore_backup(shop, tables(backup.id, "odd"), new_job())
    assert restore_backup(shop, tables(backup.id, "orders"), new_job()).schema == "beside"
    for mode in ("swap", "in_place"):
        with pytest.raises(Refused, match="not taken by this Vado"):
            restore_backup(shop, RestoreRequest(backup.id, "shop", mode=mode), new_job())
