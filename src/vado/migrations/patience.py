"""Waiting politely: short waits for locks, tried again, so that no queue grows behind us."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from vado.errors import MigrationFailed
from vado.migrations.files import Migration
from vado.operations import Job

_LOCK_NOT_AVAILABLE = "55P03"
_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 8.0
_POLL_S = 0.1


@dataclass(frozen=True, slots=True)
class Waits:
    """How long an apply waits, in seconds.

    `another_vado_s`: for another Vado that is at work on the database; `locks_s`: for others who
    hold what a migration needs, in several short tries; `silence_s`: for a server that does not
    answer and, on a second connection, cannot be asked or has nothing more to say.
    """

    another_vado_s: float = 5.0
    locks_s: float = 60.0
    silence_s: float = 30.0


def politely(job: Job, migration: Migration, budget_s: float, work: Callable[[], None]) -> None:
    """Do *work*, a transaction of *migration*, and again while it fails for want of a lock.

    Whoever waits for a lock makes all others wait behind it, so each try is cut short by
    `lock_timeout` and rolled back, and there is a pause before the next.
    """
    deadline = time.monotonic() + budget_s
    tries = 0
    while True:
        tries += 1
        try:
            return work()
        except MigrationFailed as error:
            if error.details.get("sqlstate") != _LOCK_NOT_AVAILABLE:
                raise
            if time.monotonic() >= deadline:
                raise _given_up(error, tries) from error
            job.log(
                f"{migration.version}_{migration.name}: another session holds the lock; "
                f"rolled back after try {tries}, to be tried again",
                "lock_retry",
                version=migration.version,
                name=migration.name,
                tries=tries,
            )
            job.detail(
                version=migration.version,
                name=migration.name,
                tries=tries,
                seconds_left=max(round(deadline - time.monotonic()), 0),
            )
            _pause(job, tries)


def _pause(job: Job, tries: int) -> None:
    longest = min(_FIRST_PAUSE_S * 2 ** (tries - 1), _LONGEST_PAUSE_S)
    # Two that wait for each other must not meet again and again.
    until = time.monotonic() + longest * random.uniform(0.5, 1.0)  # noqa: S311 (nothing secret)
    while time.monotonic() < until:
        job.check()
        time.sleep(_POLL_S)


def _given_up(error: MigrationFailed, tries: int) -> MigrationFailed:
    return MigrationFailed(
        error.message,
        hint=f"Another session kept the lock through {tries} tries: end it, or come back later.",
        details={**error.details, "tries": tries},
    )
