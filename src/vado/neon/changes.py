"""Asking Neon for a change once, whatever becomes of the answer.

What a change makes has a unique name, so that after a lost answer it is found by that.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from vado.errors import NeonAnswerLost, NeonError, NeonNotFound, NeonRefused
from vado.neon.failures import CONFLICT, UnclearAnswer
from vado.neon.model import NeonOperation
from vado.neon.questions import NeonQuestions, operations_in, understood
from vado.neon.transport import Answer
from vado.neon.waiting import wait_for

Found = TypeVar("Found")


class NeonChanges(NeonQuestions):
    """How every change is asked for; each method raises NeonError."""

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Do what has to be done after a cancel, too."""
        job, self._transport.job = self._transport.job, None
        try:
            yield
        finally:
            self._transport.job = job

    def wait(self, operations: Sequence[NeonOperation]) -> None:
        """Wait until Neon has ended its work; NeonFailed when a part of it failed."""
        wait_for(operations, self.operation, self._transport)

    def _made(
        self,
        what: str,
        ask: Callable[[], Answer],
        read: Callable[[Answer], Found],
        find: Callable[[], object],
        *,
        branch_id: str | None = None,
    ) -> Found:
        """Ask once and wait for the end; look for what was made when the answer is lost."""
        try:
            made, begun = understood(what, lambda told: (read(told), operations_in(told)), ask())
        except (NeonAnswerLost, UnclearAnswer):
            found = self._looked_for(find, branch_id)
            if found is None:
                raise
        except NeonRefused as error:
            # A name that nobody else gives is taken: it was made when we were told to ask again.
            found = find() if error.details.get("status") == CONFLICT else None
            if found is None:
                raise
        else:
            self.wait(begun)
            return made
        if branch_id is not None:
            self.until_quiet(branch_id)
        else:
            # All that Neon ever did with what is new was done to make it.
            made_id = getattr(found, "id", None)
            self.wait([item for item in self.operations() if item.branch_id == made_id])
        # What was found is what would have been read.
        return found  # type: ignore[return-value]  # True for those that return nothing

    def _deleted(self, ask: Callable[[], Answer], gone: Callable[[], bool], what: str) -> None:
        """Ask once; what is gone already, or turns out to be, is what was wanted."""
        try:
            operations = understood(what, operations_in, ask())
        except NeonNotFound:
            return
        except NeonAnswerLost:
            if self._looked_for(lambda: gone() or None) is None:
                raise NeonAnswerLost(
                    f"neon was asked to {what}, and it is still there",
                    hint="Delete it again, or in Neon's console.",
                ) from None
            return
        self.wait(operations)

    def _looked_for(
        self, find: Callable[[], Found | None], branch_id: str | None = None
    ) -> Found | None:
        """Look until it is found, or was not there for as long as a request may be on its way.

        For as long as Neon works on the branch it may still come. Neon being out of reach
        meanwhile tells nothing.
        """
        pace = self._transport.pace
        began = time.monotonic()
        while True:
            at_work = False
            with suppress(NeonError):
                found = find()
                if found is not None:
                    return found
                at_work = branch_id is not None and bool(self.pending(branch_id))
            if time.monotonic() - began >= (pace.operations_s if at_work else pace.lost_s):
                return None
            self._transport.pause(min(pace.lost_s / 6, max(pace.poll_s, 0.01)))

    def until_quiet(self, branch_id: str) -> None:
        """Wait for what Neon still does with a branch whose operations nobody told us."""
        self.wait(self.pending(branch_id))

    def _change(
        self,
        method: str,
        path: str,
        what: str,
        body: dict[str, Any] | None = None,
        **query: str | None,
    ) -> Answer:
        return self._transport.change(method, f"{self._project}{path}", what, body, **query)
