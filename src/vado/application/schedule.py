"""Backups that take themselves, by the clock of this machine, while Vado runs.

Nothing is written down for it: that a run was missed is seen from the backups there are, so it is
made up after a restart too. Of several Vados of one user only one does this.
"""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from vado import backups
from vado.application.backups import start_backup
from vado.application.vado import Vado
from vado.backups import Backup, BackupRequest
from vado.environments import Environment
from vado.errors import VadoError
from vado.operations import Operation

log = logging.getLogger("vado.application")

# The machine may sleep or get another time: no wait is longer than this.
_LOOK_EVERY_S = 20.0
_MADE_UP_WITHIN = timedelta(days=1)
_STOP_WITHIN_S = 10.0
_LOCAL_TIME = Path("/etc/localtime")

Clock = Callable[[], datetime]


def next_runs(vado: Vado, clock: Clock | None = None) -> dict[str, dict[str, Any]]:
    """Return `{cron, next_at, last_id}` of each environment with a schedule; times are in UTC."""
    now = (clock or _now)()
    return {
        environment.name: {
            "cron": environment.backups.schedule,
            "next_at": _text(_tick(environment, now)),
            "last_id": next((b.id for b in _scheduled(environment)), None),
        }
        for environment in _with_schedule(vado)
    }


def _with_schedule(vado: Vado) -> Iterator[Environment]:
    return (each for each in vado.environments().values() if each.backups.schedule)


def _scheduled(environment: Environment) -> list[Backup]:
    try:
        found = backups.list_backups(environment)
    except VadoError as error:
        log.warning("backups cannot be listed", extra={"error": error.message})
        return []
    return [backup for backup in found if backup.reason == "scheduled"]


def _tick(environment: Environment, moment: datetime, *, before: bool = False) -> datetime:
    """Return the next time that cron names after *moment*, or the last one up to it."""
    from cronsim import CronSim  # noqa: PLC0415 (most projects have no schedule)

    local = moment.astimezone(_zone())
    if before:
        local += timedelta(seconds=1)  # the moment itself counts
    found: datetime = next(CronSim(environment.backups.schedule or "", local, reverse=before))
    return found.astimezone(UTC)


def _zone() -> tzinfo | None:
    """Return the local time zone with its rules: an offset alone knows no summer time."""
    named = os.environ.get("TZ", "").removeprefix(":")
    try:
        if named:
            return ZoneInfo(named)
        with _LOCAL_TIME.open("rb") as file:
            return ZoneInfo.from_file(file)
    except (OSError, ValueError, KeyError):
        return datetime.now(UTC).astimezone().tzinfo


def _now() -> datetime:
    return datetime.now(UTC)


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


class Schedule:
    """Takes the backups that are due, in a thread, until it is stopped."""

    def __init__(self, vado: Vado, clock: Clock | None = None) -> None:
        self._vado = vado
        self._clock = clock or _now
        self._stopping = threading.Event()
        self._tried: dict[str, datetime] = {}
        self._thread = threading.Thread(target=self._run, name="schedule", daemon=True)

    def start(self) -> None:
        """Begin, where any environment has a schedule."""
        if any(True for _ in _with_schedule(self._vado)):
            self._thread.start()

    def stop(self) -> None:
        """Begin no backup any more; those that run are operations and end with the others."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(_STOP_WITHIN_S)

    def _run(self) -> None:
        while not self._stopping.is_set():
            with _only_one(self._vado.settings.state_folder) as ours:
                while ours and not self._stopping.is_set():
                    self.run_due()
                    self._stopping.wait(_LOOK_EVERY_S)
            self._stopping.wait(_LOOK_EVERY_S)

    def run_due(self) -> list[Operation]:
        """Start the backups that are due now, each once; return their operations."""
        started = []
        for environment in _with_schedule(self._vado):
            try:
                if self._is_due(environment):
                    request = BackupRequest(reason="scheduled")
                    started.append(start_backup(self._vado, environment, request))
            except VadoError as error:
                log.warning(
                    "scheduled backup not started",
                    extra={"environment": environment.name, "error": error.message},
                )
        return started

    def _is_due(self, environment: Environment) -> bool:
        """Say whether the last time that cron named is to be made up; it is tried only once."""
        now = self._clock()
        tick = _tick(environment, now, before=True)
        if now - tick >= _MADE_UP_WITHIN or self._tried.get(environment.name) == tick:
            return False
        taken = _scheduled(environment)
        if any(backup.state == "creating" for backup in taken):
            return False  # one that takes longer than its interval must not meet itself
        self._tried[environment.name] = tick
        return not any(_is_of(backup, tick) for backup in taken)


def _is_of(backup: Backup, tick: datetime) -> bool:
    """Say whether the backup was taken for this time, or for a later one."""
    if not backup.usable:
        return False
    # Its end is told by the clock of this machine, as the schedule is; the server's may be wrong.
    return datetime.fromisoformat(backup.finished_at or backup.created_at) >= tick


@contextmanager
def _only_one(folder: Path) -> Iterator[bool]:
    """Yield whether no other Vado that uses this state folder keeps the schedule."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 (it takes 50 ms to import)

    lock = FileLock(folder / "schedule.lock", mode=0o600, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
