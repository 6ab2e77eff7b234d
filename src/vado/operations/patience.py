"""Waiting politely for locks: short tries with growing pauses, so that no queue grows behind us.

Whoever waits for a lock makes all others wait behind it. So each try is cut short by `lock_timeout`
and rolled back, and there is a pause before the next.
"""

import random
import time

from vado.errors import MigrationFailed, StatementFailed
from vado.operations.job import Job

LOCKS_S = 60.0
_LOCK_NOT_AVAILABLE = "55P03"
_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 8.0
_POLL_S = 0.1

LockFailure = MigrationFailed | StatementFailed


class Patience:
    """How long one piece of work is tried again while others hold the locks that it needs."""

    def __init__(self, job: Job, budget_s: float = LOCKS_S, **told: str) -> None:
        """Begin to count the seconds; *told* is said of the work beside the number of tries."""
        self._job = job
        self._deadline = time.monotonic() + budget_s
        self._told = told
        self._tries = 0

    def after(self, error: LockFailure) -> None:
        """Pause before the next try; raise *error* when it is no lock or the time is over."""
        if error.details.get("sqlstate") != _LOCK_NOT_AVAILABLE:
            raise error
        self._tries += 1
        left_s = self._deadline - time.monotonic()
        if left_s <= 0:
            raise self._given_up(error) from error
        who = "_".join(self._told.values()) or "reading the catalogue"
        self._job.log(
            f"{who}: another session holds the lock; rolled back after try {self._tries}, "
            "to be tried again",
            "lock_retry" if self._told else "catalogue_retry",
            **self._told,
            tries=self._tries,
        )
        tries, seconds_left = self._tries, round(left_s)
        if self._told:
            # Who was in the way has been told until now, and may be another one next time.
            self._job.detail(**self._told, tries=tries, seconds_left=seconds_left)
        else:
            self._job.note(tries=tries, seconds_left=seconds_left)
        self._pause()

    def _pause(self) -> None:
        longest = min(_FIRST_PAUSE_S * 2 ** (self._tries - 1), _LONGEST_PAUSE_S)
        # Two that wait for each other must not meet again and again.
        until = time.monotonic() + longest * random.uniform(0.5, 1.0)  # noqa: S311 (nothing secret)
        while time.monotonic() < until:
            self._job.check()
            time.sleep(_POLL_S)

    def _given_up(self, error: LockFailure) -> LockFailure:
        tries = f"{self._tries} tries"
        return type(error)(
            error.message,
            hint=f"Another session kept the lock through {tries}: end it, or come back later.",
            details={**error.details, "tries": self._tries},
        )
