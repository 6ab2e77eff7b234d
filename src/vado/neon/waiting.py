"""Waiting for Neon's operations.

`failed` is no end yet: Neon tries some of them again. Only one that stays so, with no further try
announced, has failed.
"""

import time
from collections.abc import Callable, Sequence

from vado.errors import NeonFailed
from vado.neon.model import NeonOperation
from vado.neon.transport import Transport

_FIRST_POLL_S = 0.1


def wait_for(
    operations: Sequence[NeonOperation],
    look: Callable[[str], NeonOperation],
    transport: Transport,
) -> None:
    """Wait until all have ended; NeonFailed for the first that did not end well, or not in time."""
    pace = transport.pace
    deadline = time.monotonic() + pace.operations_s
    for begun in operations:
        watched = _Watched(begun, pace.settle_s)
        poll_s = min(_FIRST_POLL_S, pace.poll_s)
        while not watched.latest.succeeded:
            if watched.failed:
                raise _failed(watched.latest)
            if time.monotonic() > deadline:
                raise _too_long(watched.latest, pace.operations_s)
            if transport.job is not None:
                transport.job.note(neon=watched.latest.action)
            transport.pause(poll_s)
            poll_s = min(poll_s * 2, pace.poll_s)
            watched.see(look(begun.id))


class _Watched:
    """One operation, and since when it has been as it is."""

    def __init__(self, begun: NeonOperation, settle_s: float) -> None:
        self.latest = begun
        self._settle_s = settle_s
        self._since = time.monotonic()

    def see(self, now: NeonOperation) -> None:
        if (now.status, now.failures, now.retry_at) != (
            self.latest.status,
            self.latest.failures,
            self.latest.retry_at,
        ):
            self._since = time.monotonic()
        self.latest = now

    @property
    def failed(self) -> bool:
        settled = time.monotonic() - self._since >= self._settle_s
        return self.latest.over or (self.latest.status == "failed" and settled)


def _failed(operation: NeonOperation) -> NeonFailed:
    return NeonFailed(
        f"neon could not {_words(operation)}: {operation.error or operation.status}",
        hint="Neon's console shows the operations of the project.",
        details={"operation": operation.id, "action": operation.action, "status": operation.status},
    )


def _too_long(operation: NeonOperation, seconds: float) -> NeonFailed:
    return NeonFailed(
        f"neon has not ended to {_words(operation)} after {seconds:.0f} s",
        hint="It may still end; Neon's console shows the operations of the project.",
        details={"operation": operation.id, "action": operation.action, "status": operation.status},
    )


def _words(operation: NeonOperation) -> str:
    return operation.action.replace("_", " ")
