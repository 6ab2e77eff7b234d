"""How a restore ended is written where it holds, whatever dies right after it."""

import pytest

from vado.backups import RestoreRequest, restore_backup, undo_restore


class Killed(BaseException):
    """Vado ends here, and writes nothing more."""


def records(environment):
    with environment.session() as session:
        states = session.rows("select state from vado_control.operation order by started_at")
        events = session.rows(
            "select outcome, previous_hash, lag(hash) over (order by id) as before"
            " from vado_control.audit_event order by id"
        )
    assert all(event["previous_hash"] == event["before"] for event in events[1:])
    return [row["state"] for row in states], [event["outcome"] for event in events]


@pytest.mark.fault
def test_a_restore_that_is_in_force_is_recorded_as_done(shop, backup, new_job, monkeypatch):
    # Nothing that comes after the restore itself may be needed for that.
    monkeypatch.setattr("vado.backups.record.record_end", None)
    done: list[str] = []
    for mode in ("swap", "in_place"):
        restore_backup(shop, RestoreRequest(backup.id, "shop", mode=mode), new_job())
        done += ["intent", "succeeded"]
        assert records(shop) == (["succeeded"] * (len(done) // 2), done)


def test_what_died_on_the_way_is_closed_by_the_next(shop, backup, new_job, monkeypatch):
    def die(*_, **__):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("vado.backups.restore.swap", die)
        with pytest.raises(Killed):
            restore_backup(shop, RestoreRequest(backup.id, "shop"), new_job())
    assert records(shop) == (["running"], ["intent"])

    report = restore_backup(shop, RestoreRequest(backup.id, "shop"), new_job())
    undo_restore(shop, report.previous_database, "shop", new_job())

    assert records(shop) == (
        ["interrupted", "succeeded", "succeeded"],
        ["intent", "interrupted", "intent", "succeeded", "intent", "succeeded"],
    )
