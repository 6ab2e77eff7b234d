"""What belongs to the database itself and could not come along."""

import pytest

from vado.backups import (
    RestoreRequest,
    list_backups,
    preview_restore,
    prove_backup,
    remove_previous,
    restore_backup,
    take_backup,
    undo_restore,
)
from vado.database import connect
from vado.errors import Refused


def drop_subscriptions(environment):
    with environment.session() as session:
        for row in session.rows("select quote_ident(subname) as name from pg_subscription"):
            session.run(f"alter subscription {row['name']} disable")
            session.run(f"alter subscription {row['name']} set (slot_name = none)")
            session.run(f"drop subscription {row['name']}")


@pytest.mark.parametrize("mode", ["swap", "in_place"])
def test_a_subscription_is_named_with_the_way_to_be_rid_of_it(shop, backup, job, mode):
    with shop.session() as session:
        session.run(
            "create subscription \"from afar\" connection '' publication p with (connect=false)"
        )
        session.run('alter subscription "from afar" enable')

    with pytest.raises(Refused, match="subscription from afar belongs to it") as caught:
        restore_backup(shop, RestoreRequest(backup.id, "shop", mode=mode), job)

    assert 'DROP SUBSCRIPTION "from afar"' in (caught.value.hint or "")
    assert len(list_backups(shop)) == 1
    drop_subscriptions(shop)


def test_a_subscription_in_a_backup_is_no_hindrance(shop, new_job, cluster):
    with shop.session() as session:
        if session.server_version < 160000:
            pytest.skip("pg_dump 16 writes what older servers do not know of subscriptions")
        session.run("create subscription afar connection '' publication p with (connect=false)")
    backup = take_backup(shop, new_job())
    drop_subscriptions(shop)
    with shop.session() as session:
        session.run("create table public.later (id int)")

    assert prove_backup(shop, backup.id, new_job()).state == "proven"
    assert preview_restore(shop, backup.id, new_job()).structure_known
    report = restore_backup(shop, RestoreRequest(backup.id, "shop"), new_job())
    undone = undo_restore(shop, report.previous_database, "shop", new_job())
    remove_previous(shop, undone.previous_database, undone.previous_database)

    with connect(cluster.target()) as session:
        assert session.value("select count(*) from pg_subscription") == 0
        assert session.value("select count(*) from pg_database where datname ~ 'scratch'") == 0
