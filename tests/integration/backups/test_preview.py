"""What a restore would bring back and what it would lose, told before it is done."""

from dataclasses import replace

import pytest

from vado.backups import take_backup
from vado.backups.preview import preview_restore
from vado.errors import BackupDamaged

LEDGER = (
    "insert into vado.migration (version, name, checksum, sql_text, state, statements_total,"
    " statements_done, started_at, os_user, host, tool_version, operation_id, plan_digest)"
    " values (%(version)s, 'm', '', E'a\\tb\\nc', 'applied', 1, 1, now(), '', '', '', '', '')"
)


def flush(environment):
    with environment.session() as session:
        if session.server_version >= 150000:
            session.value("select pg_stat_force_next_flush()")
        session.value("select pg_sleep(0.7)")


@pytest.fixture
def changed(shop, new_job):
    with shop.session() as session:
        for version in ("20260101000000", "20260102000000"):
            session.execute(LEDGER, version=version)
        session.run("analyze")
    flush(shop)
    backup = take_backup(shop, new_job())
    with shop.session() as session:
        session.run("delete from vado.migration where version = 20260102000000")
        session.execute(LEDGER, version="20260103000000")
        session.run("create table public.later (id int)")
        session.run("drop view public.paid")
        session.run("delete from public.orders where id <= 20")
        session.run("drop table public.parts")
    flush(shop)
    return backup


def test_the_difference_between_now_and_then_is_told(shop, changed, job, databases):
    found = preview_restore(shop, changed.id, job)

    tables = {table.name: table for table in found.tables}
    assert (tables["public.orders"].rows_now, tables["public.orders"].rows_then) == (180, 200)
    assert tables["public.orders"].exact
    assert (tables["public.later"].rows_now, tables["public.later"].rows_then) == (0, None)
    assert (tables["public.parts_1"].rows_now, tables["public.parts_1"].rows_then) == (None, 7)
    assert not any(name.startswith("vado") for name in tables)
    actions = {(change.action, change.identity) for change in found.changes}
    assert ("remove", "public.later") in actions
    assert ("add", "public.paid") in actions
    assert "later" in found.ddl["before"]
    assert "later" not in found.ddl["after"]
    assert found.migrations_gone == ("20260103000000",)
    assert found.migrations_back == ("20260102000000",)
    assert {offer.mode: offer.possible for offer in found.modes} == {
        "swap": True,
        "in_place": True,
        "tables": True,
    }
    assert databases() == [shop.target.dbname]
    assert found.to_json()["tables"]


def test_writes_since_the_backup_are_told_by_the_statistics(shop, changed, store, new_job):
    found = {table.name: table for table in preview_restore(shop, changed.id, new_job()).tables}
    assert found["public.orders"].writes_since == 20
    assert found["public.customers"].writes_since == 0

    store.write(replace(store.read(changed.id), statistics_since="another time"))

    preview = preview_restore(shop, changed.id, new_job())
    assert all(table.writes_since is None for table in preview.tables)
    assert "writes_unknown" in {note["code"] for note in preview.notes}


def test_what_cannot_be_counted_in_time_is_an_estimate(shop, changed, job, monkeypatch):
    monkeypatch.setattr("vado.backups.difference._COUNTED_WITHIN_S", 0.0)

    found = preview_restore(shop, changed.id, job)

    tables = {table.name: table for table in found.tables}
    assert (tables["public.customers"].rows_now, tables["public.customers"].exact) == (500, False)
    assert "rows_estimated" in {note["code"] for note in found.notes}


def test_a_backup_like_the_database_needs_no_scratch_database(shop, backup, job, monkeypatch):
    monkeypatch.setattr("vado.backups.shape.scratch_beside", None)

    found = preview_restore(shop, backup.id, job)

    assert (found.changes, found.structure_known) == ((), True)


def test_a_mode_that_is_not_possible_says_why(shop, backup, store, job):
    store.write(replace(store.read(backup.id), quarantined=True))

    offers = {offer.mode: offer for offer in preview_restore(shop, backup.id, job).modes}

    assert offers["tables"].possible
    assert "not taken by this Vado" in offers["swap"].reason
    assert "not taken by this Vado" in offers["in_place"].reason
    assert offers["in_place"].code == "quarantined"


def test_a_damaged_backup_is_found_before_anything_is_told(shop, backup, store, job):
    path = store.file(backup.id)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)

    with pytest.raises(BackupDamaged):
        preview_restore(shop, backup.id, job)
