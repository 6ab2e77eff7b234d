"""A network that is away for a while: what moves a large file waits for it, within reason."""

import time

from vado.errors import StoreUnavailable
from vado.operations import Job

PATIENCE_S = 600.0
_PASSING = frozenset({"no_network", "busy"})
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 20.0
_POLL_S = 0.2


class Outage:
    """How long one piece of a file is tried again while nothing gets through."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._tries = 0
        self._since = time.monotonic()

    def moved(self) -> None:
        """Say that something got through, so that what comes is another outage."""
        self._tries, self._since = 0, time.monotonic()

    def after(self, error: StoreUnavailable) -> None:
        """Pause before the next try; raise *error* when it does not pass, or the time is over.

        What was cut for the first time is tried again in any case.
        """
        left_s = self._since + PATIENCE_S - time.monotonic()
        passing = error.details.get("reason") in _PASSING
        if not passing or (self._tries and left_s <= 0):
            raise error
        if not self._tries:
            self._job.log(
                f"{error.message}: tried again", "store_away", seconds=max(0, round(left_s))
            )
        pause_s = min(_FIRST_PAUSE_S * 2**self._tries, _LONGEST_PAUSE_S, left_s)
        self._tries += 1
        until = time.monotonic() + pause_s
        while time.monotonic() < until:
            self._job.check()
            time.sleep(_POLL_S)
