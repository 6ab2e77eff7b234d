"""What belongs to the database itself and could not come along."""

import pytest

from vado.backups import RestoreRequest, list_backups, restore_backup
from vado.errors import Refused


@pytest.mark.parametrize("mode", ["swap", "in_place"])
def test_a_subscription_is_named_with_the_way_to_be_rid_of_it(shop, backup, job, mode):
    with shop.session() as session:
        session.run(
            "create subscription \"from afar\" connection '' publication p with (connect=false)"
        )

    with pytest.raises(Refused, match="subscription from afar belongs to it") as caught:
        restore_backup(shop, RestoreRequest(backup.id, "shop", mode=mode), job)

    assert 'DROP SUBSCRIPTION "from afar"' in (caught.value.hint or "")
    assert len(list_backups(shop)) == 1
    with shop.session() as session:
        session.run('alter subscription "from afar" set (slot_name = none)')
        session.run('drop subscription "from afar"')
