"""Which backups the rules keep: facts about plans, without any file."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from vado.backups import Backup, RetentionPlan
from vado.backups.manifest import Manifest
from vado.backups.retention import plan
from vado.settings import Retention

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MB = 2**20


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def backup(manifest: Manifest) -> Callable[..., Backup]:
    """A backup of so many days ago, called after them; its size is a megabyte."""

    def made(days: float, **changed: Any) -> Backup:
        at = (NOW - timedelta(days=days)).isoformat().replace("+00:00", "Z")
        found = manifest.backup(available=True)
        known = {"id": f"d{days:g}", "created_at": at, "size_bytes": MB, **changed}
        return replace(found, **known)

    return made


def planned(backups: list[Backup], in_use: str = "", **policy: int) -> RetentionPlan:
    return plan(backups, Retention(**policy), in_use=lambda backup_id: backup_id == in_use)


def ids(found: RetentionPlan) -> list[str]:
    return [item.id for item in found.delete]


def reasons(found: RetentionPlan) -> dict[str, tuple[str, ...]]:
    return {item.id: item.reasons for item in found.keep}


def test_without_a_rule_nothing_goes(backup):
    records = [backup(400, state="failed", size_bytes=None), backup(401, state="deleting")]
    found = planned([*(backup(n) for n in range(400)), *records])

    assert found.delete == ()
    assert found.bytes_after == 401 * MB
    assert reasons(found)["d7"] == ("no_rule",)


def test_of_each_day_the_newest_is_kept(backup):
    found = planned([backup(0), backup(0.2), backup(1), backup(1.1), backup(9)], daily=2)

    assert ids(found) == ["d0.2", "d1.1", "d9"]
    assert reasons(found) == {"d0": ("newest", "daily"), "d1": ("daily",)}


def test_days_without_a_backup_do_not_count(backup):
    assert ids(planned([backup(0), backup(30), backup(60)], daily=3)) == []


def test_weeks_and_months_reach_further_back(backup):
    found = planned([backup(n) for n in range(120)], daily=3, weekly=3, monthly=3)

    # Sunday the 22nd; then the ends of two weeks, then the ends of two months
    assert list(reasons(found)) == ["d0", "d1", "d2", "d7", "d14", "d22", "d53"]
    assert reasons(found)["d0"] == ("newest", "daily", "weekly", "monthly")


def test_automatic_backups_have_a_rule_of_their_own(backup):
    found = planned(
        [backup(0), *(backup(n, reason="before_apply") for n in (1, 2, 3)), backup(4)],
        before_apply=2,
    )

    assert ids(found) == ["d3", "d4"]


def test_what_must_stay_stays_whatever_the_rules_say(backup):
    found = planned(
        [
            backup(0, state="creating"),
            backup(1, quarantined=True),
            backup(2, state="missing", available=False),
            backup(3),
            backup(4, state="proven"),
            backup(5, state="proven"),
            backup(6, pinned=True),
            backup(7),
            backup(8, kind="neon_snapshot"),
            backup(9, state="failed", size_bytes=5),
            backup(10, state="failed", size_bytes=None),
            backup(11),
        ],
        in_use="d7",
        daily=0,
        max_bytes=0,
    )

    assert ids(found) == ["d5", "d10", "d11"]
    assert reasons(found) == {
        "d0": ("not_decided",),
        "d1": ("quarantined",),
        "d2": ("not_decided",),
        "d3": ("newest",),
        "d4": ("newest_proven",),
        "d6": ("pinned",),
        "d7": ("in_use",),
        "d8": ("kept_by_neon",),
        "d9": ("damaged",),
    }


def test_the_oldest_go_until_the_rest_fits(backup):
    found = planned([backup(n) for n in range(5)], max_bytes=3 * MB)

    assert ids(found) == ["d3", "d4"]
    assert found.bytes_after == 3 * MB


def test_the_newest_stays_even_where_it_is_too_large(backup):
    assert ids(planned([backup(0), backup(1)], max_bytes=1)) == ["d1"]


def test_days_are_those_of_the_machine(backup, monkeypatch):
    late, early = backup(0.45), backup(0.55)  # 01:12 and 22:48 the day before, in UTC
    assert ids(planned([backup(0), late, early], daily=2)) == ["d0.45"]

    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()

    # 20:12 and 17:48 of the day before
    assert ids(planned([backup(0), late, early], daily=2)) == ["d0.55"]
