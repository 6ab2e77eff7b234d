"""The databases that restores have kept: put back, removed."""

import pytest

from vado.backups import RestoreRequest, restore_backup
from vado.backups.previous import previous_databases, remove_previous, undo_restore
from vado.database import Identifier, connect
from vado.errors import ConfirmationRequired, NotFound, RestoreFailed, VadoError


@pytest.fixture
def restored(shop, backup, new_job):
    """The database after a restore, with something written to it since; and what was kept."""
    with shop.session() as session:
        session.run("create table public.later (id int)")
    report = restore_backup(shop, RestoreRequest(backup.id, "shop"), new_job())
    with shop.session() as session:
        session.run("create table public.since (id int)")
    return report


def exists(environment, table):
    with environment.session() as session:
        return session.value("select to_regclass(%(t)s) is not null as there", t=table)


def test_what_a_restore_kept_is_listed(shop, restored, backup):
    [kept] = previous_databases(shop)

    assert kept.database == restored.previous_database
    assert (kept.backup_id, kept.operation_id) == (backup.id, restored.operation_id)
    assert kept.size_bytes > 1_000_000


@pytest.mark.fault
def test_undoing_a_restore_puts_the_database_back_and_keeps_the_other(shop, restored, new_job):
    name = shop.target.dbname
    with shop.session() as session:
        session.run(f"comment on database \"{name}\" is 'the shop'")
        session.run(f"alter database \"{name}\" set app.motto to 'new'")
    job = new_job()

    report = undo_restore(shop, restored.previous_database, "shop", job)

    assert exists(shop, "public.later")
    assert not exists(shop, "public.since")
    [kept] = previous_databases(shop)
    assert (kept.database, kept.backup_id) == (report.previous_database, None)
    with shop.session() as session:
        assert session.value("show app.motto") == "new"
        comment = (
            "select shobj_description(oid, 'pg_database') from pg_database where datname = %(n)s"
        )
        assert session.value(comment, n=name) == "the shop"
        states = session.rows(
            "select kind, state from vado_control.operation where kind = 'restore'"
            " order by started_at"
        )
        assert [row["state"] for row in states] == ["succeeded", "succeeded"]
        events = session.rows(
            "select previous_hash, lag(hash) over (order by id) as before"
            " from vado_control.audit_event"
        )
        assert len(events) == 4
        assert all(row["previous_hash"] == row["before"] for row in events)

    undo_restore(shop, report.previous_database, "shop", new_job())

    assert exists(shop, "public.since")
    assert len(previous_databases(shop)) == 1


def test_sessions_of_applications_do_not_stop_it(shop, restored, new_job):
    with connect(shop.target) as idle, idle.transaction():
        idle.value("select count(*) from public.customers")
        undo_restore(shop, restored.previous_database, "shop", new_job())
        with pytest.raises(VadoError):
            idle.value("select 1")
    assert exists(shop, "public.later")


def test_undoing_asks_for_the_word_and_for_a_kept_database(shop, restored, job):
    with pytest.raises(ConfirmationRequired):
        undo_restore(shop, restored.previous_database, None, job)
    with pytest.raises(NotFound):
        undo_restore(shop, "postgres", "shop", job)
    assert exists(shop, "public.since")


def test_an_undo_that_fails_leaves_both_as_they_were(shop, restored, new_job, monkeypatch):
    def fails(*_):
        raise RestoreFailed("not now")

    monkeypatch.setattr("vado.backups.previous.dress", fails)

    with pytest.raises(RestoreFailed, match="is as it was"):
        undo_restore(shop, restored.previous_database, "shop", new_job())

    assert exists(shop, "public.since")
    assert [item.database for item in previous_databases(shop)] == [restored.previous_database]


def test_a_kept_database_is_removed_when_its_name_is_typed(shop, restored, databases):
    with pytest.raises(ConfirmationRequired):
        remove_previous(shop, restored.previous_database, "shop")
    assert len(databases()) == 2

    remove_previous(shop, restored.previous_database, restored.previous_database)
    with shop.session() as session:
        told = session.row(
            "select state, subject from vado_control.operation where kind = 'previous_remove'"
        )
    assert told == {"state": "succeeded", "subject": restored.previous_database}

    assert databases() == [shop.target.dbname]
    assert previous_databases(shop) == ()


def test_a_database_that_only_looks_like_a_kept_one_is_not_removed(shop, cluster, databases):
    name = f"{shop.target.dbname}_before_restore_20261122101500"
    with connect(cluster.target()) as session:
        session.execute("create database {name}", identifiers={"name": Identifier(name)})

    with pytest.raises(NotFound):
        remove_previous(shop, name, name)
    assert name in databases()


def test_one_that_was_forgotten_while_the_undo_waited_is_not_found(
    shop, restored, new_job, monkeypatch
):
    name = restored.previous_database

    def forgotten(*_):
        monkeypatch.undo()
        remove_previous(shop, name, name)

    monkeypatch.setattr("vado.backups.previous._check_rights", forgotten)

    with pytest.raises(NotFound):
        undo_restore(shop, name, "shop", new_job())
    assert exists(shop, "public.since")
