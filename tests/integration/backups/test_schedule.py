"""Facts about backups that take themselves: when, how often, and after what was missed."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from vado.application import Schedule, Vado, next_runs
from vado.backups import list_backups
from vado.backups.stores import store_of
from vado.database import Target
from vado.settings import Overrides, load_settings


@dataclass
class Clock:
    """A time that only moves when it is told to."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    def be_in(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    be_in("UTC")
    yield be_in
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def vado_with(
    database: Target, tmp_path: Path, isolated: Path, zone: object
) -> Iterator[Callable[[str], Vado]]:
    assert zone
    made: list[Vado] = []

    def with_schedule(cron: str) -> Vado:
        (tmp_path / "vado.toml").write_text(f'[backups]\nschedule = "{cron}"\n')
        url = (
            f"postgresql://{database.user}@/{database.dbname}"
            f"?host={database.host}&port={database.port}"
        )
        made.append(Vado(load_settings(Overrides(url=url, project=tmp_path, state=isolated))))
        return made[-1]

    yield with_schedule
    for vado in made:
        vado.close()


def ended(vado: Vado, schedule: Schedule) -> list[str]:
    """The states of the operations that were due."""
    return [vado.jobs.wait(operation.id, 60).state for operation in schedule.run_due()]


def test_a_backup_is_taken_at_its_time_once(vado_with):
    vado = vado_with("0 3 * * *")
    today = datetime.now(UTC).replace(hour=3, minute=0, second=0, microsecond=0)
    clock = Clock(today)
    schedule = Schedule(vado, clock)

    assert ended(vado, schedule) == ["succeeded"]
    clock.now += timedelta(hours=2)
    assert ended(vado, schedule) == []

    [backup] = list_backups(vado.environment())
    assert (backup.reason, backup.state) == ("scheduled", "verified")
    assert next_runs(vado, clock) == {
        vado.environment().name: {
            "cron": "0 3 * * *",
            "next_at": f"{today + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}",
            "last_id": backup.id,
        }
    }


def test_a_run_missed_by_less_than_a_day_is_made_up_after_a_start(vado_with):
    vado = vado_with("0 3 * * *")
    moment = datetime.now(UTC)

    assert ended(vado, Schedule(vado, Clock(moment))) == ["succeeded"]
    # a second start finds that it was done
    assert ended(vado, Schedule(vado, Clock(moment))) == []


def test_a_run_missed_by_more_is_not_made_up(vado_with):
    vado = vado_with("0 3 1 1 *")

    assert ended(vado, Schedule(vado, Clock(datetime(2026, 1, 2, 3, 1, tzinfo=UTC)))) == []


def test_one_that_failed_is_not_tried_again_until_its_next_time(vado_with):
    vado = vado_with("0 3 * * *")
    environment = vado.environment()
    with environment.session() as session:
        session.run("create table t (id int)")
    clock = Clock(datetime.now(UTC))
    schedule = Schedule(vado, clock)
    store = store_of(environment)
    store.free_bytes()
    (store.folder / "store.lock").mkdir()  # nothing can be written down

    assert ended(vado, schedule) == ["failed"]
    assert ended(vado, schedule) == []
    (store.folder / "store.lock").rmdir()
    clock.now += timedelta(days=1)

    assert ended(vado, schedule) == ["succeeded"]


def test_one_that_takes_longer_than_its_interval_does_not_meet_itself(vado_with, wait_until):
    vado = vado_with("* * * * *")
    environment = vado.environment()
    clock = Clock(datetime.now(UTC))
    schedule = Schedule(vado, clock)
    with environment.session() as session:
        session.run("create table t (id int)")
        with session.transaction():
            session.run("lock table t")
            [first] = schedule.run_due()
            wait_until(lambda: [b.state for b in list_backups(environment)] == ["creating"])
            clock.now += timedelta(minutes=1)

            assert schedule.run_due() == []

    assert vado.jobs.wait(first.id, 60).state == "succeeded"
    clock.now += timedelta(minutes=1)
    assert ended(vado, schedule) == ["succeeded"]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        # the hour from 2 to 3 is left out: the run is at 3 by the new time
        ("2026-03-28T12:00:00+00:00", "2026-03-29T01:00:00Z"),
        # it comes twice: the run is in the first
        ("2026-10-24T12:00:00+00:00", "2026-10-25T00:30:00Z"),
        ("2026-10-25T00:30:01+00:00", "2026-10-26T01:30:00Z"),
    ],
)
def test_summer_time_neither_skips_nor_repeats_a_run(vado_with, zone, moment, expected):
    vado = vado_with("30 2 * * *")
    zone("Europe/Madrid")

    [run] = next_runs(vado, Clock(datetime.fromisoformat(moment))).values()

    assert run["next_at"] == expected


def test_the_thread_ends_when_it_is_told_to_and_only_one_keeps_the_schedule(vado_with, wait_until):
    first, second = (vado_with("* * * * *") for _ in range(2))
    schedules = [Schedule(vado) for vado in (first, second)]

    for schedule in schedules:
        schedule.start()
    wait_until(lambda: list_backups(first.environment()))
    began = time.monotonic()
    for schedule in schedules:
        schedule.stop()

    assert time.monotonic() - began < 5
    assert not any(schedule._thread.is_alive() for schedule in schedules)
    assert len(list_backups(first.environment())) == 1


def test_without_a_schedule_there_is_no_thread(vado_with):
    vado = vado_with("0 3 * * *")
    (vado.settings.project_folder / "vado.toml").unlink()
    quiet = Vado(load_settings(Overrides(project=vado.settings.project_folder)))

    schedule = Schedule(quiet)
    schedule.start()

    assert not schedule._thread.is_alive()
    schedule.stop()
    assert next_runs(quiet) == {}
    quiet.close()
