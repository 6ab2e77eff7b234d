"""A second connection that watches the one that applies: who blocks it, and if it is there.

It only asks, one short question at a time and never inside a transaction, so that no
`create index concurrently` ever waits for it.
"""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

from vado.database import Session, Target, load_queries, open_session, within
from vado.errors import Cancelled, VadoError
from vado.logging import redact
from vado.operations.job import Job

_QUERIES = load_queries("vado.operations", "target.sql")
_POLL_S = 0.5
_ANSWER_S = 10.0
_UNIT = "blocks"

Facts = Mapping[str, Any]


@contextmanager
def observed(
    session: Session, job: Job | None, silence_s: float, *, after_s: float = 0.0
) -> Iterator[None]:
    """Watch *session* during the block, once it has taken *after_s* seconds.

    When it waits for an answer, and for *silence_s* seconds the server is out of reach or says that
    there is nothing more to come, the connection is broken off, so that nobody waits for ever. The
    *job* is told who is in the way, and how far a build is.
    """
    observer = _Observer(session, job, silence_s, after_s)
    thread = threading.Thread(target=observer.run, name="vado observer", daemon=True)
    thread.start()
    try:
        yield
    finally:
        observer.stop()
        thread.join(_POLL_S)


class _Observer:
    def __init__(self, session: Session, job: Job | None, silence_s: float, after_s: float) -> None:
        self._session = session
        self._job = job
        self._silence_s = silence_s
        self._after_s = after_s
        self._over = threading.Event()
        self._own: Session | None = None
        self._told: object = None
        self._sign: object = None
        self._sign_at = time.monotonic()

    def stop(self) -> None:
        self._over.set()

    def run(self) -> None:
        """Look twice a second; the second connection is opened when something takes that long."""
        if self._over.wait(self._after_s):
            return
        while not self._over.wait(_POLL_S):
            if not self._session.waiting:
                self._alive(None)
                continue
            try:
                self._look()
            except Cancelled:
                continue
            except VadoError:
                self._close()
                self._unless_silent()
        self._close()

    def _close(self) -> None:
        if self._own is not None:
            with suppress(VadoError):
                self._own.close()
        self._own = None

    def _look(self) -> None:
        facts = self._ask()
        if facts is None or not facts["at_work"]:
            # Either it ends its wait in this moment, or the answer was lost on its way.
            if (sign := (facts or {}).get("state_change")) != self._sign:
                self._alive(sign)
            self._unless_silent()
            return
        self._alive(None)
        if self._job is not None:
            self._tell(self._job, facts)

    def _ask(self) -> Facts | None:
        if self._over.is_set():
            return None
        if self._own is None:
            self._own = open_session(_soon(self._session.target), application_name="vado observer")
        with within(self._own, min(_ANSWER_S, self._silence_s)):
            return self._own.row(_QUERIES["observe"], pid=self._session.backend_pid)

    def _alive(self, sign: object) -> None:
        self._sign, self._sign_at = sign, time.monotonic()

    def _unless_silent(self) -> None:
        if time.monotonic() - self._sign_at >= self._silence_s and not self._over.is_set():
            if self._job is not None:
                self._job.log(
                    f"no answer for {self._silence_s:.0f} s: the connection is given up",
                    "silence",
                    seconds=round(self._silence_s),
                )
            self._session.abandon()

    def _tell(self, job: Job, facts: Facts) -> None:
        """Say who is in the way, how many queue behind, and how far a build is."""
        blocked = (facts["blocker"], facts["queue"])
        if blocked != self._told and (facts["blocker"] or self._told):
            self._told = blocked
            job.note(**_who_blocks(facts))
            if facts["blocker"]:
                job.log(_sentence(facts), "waiting", **_said(facts))
        if facts["total"]:
            with suppress(Cancelled):
                job.progress(facts["done"], facts["total"], _UNIT)


def _soon(target: Target) -> Target:
    """Return the target for a connection that is not worth a long wait."""
    asked = int(target.options.get("connect_timeout", "0")) or round(_ANSWER_S)
    limit = str(min(asked, round(_ANSWER_S)))
    return replace(target, options={**target.options, "connect_timeout": limit})


def _who_blocks(facts: Facts) -> dict[str, str | int | None]:
    if not facts["blocker"]:
        return dict.fromkeys(("blocked_by", "blocker", "blocker_query", "queue"))
    return {
        "blocked_by": facts["blocker"],
        "blocker": f"{facts['user']}@{facts['host']}",
        "blocker_query": redact(facts["query"] or ""),
        "queue": facts["queue"],
    }


def _said(facts: Facts) -> dict[str, str | int]:
    return {name: value for name, value in _who_blocks(facts).items() if value is not None}


def _sentence(facts: Facts) -> str:
    return (
        f"waiting for process {facts['blocker']} of {facts['user']}@{facts['host']} "
        f"({facts['application']}): {redact(facts['query'] or '')}; "
        f"{facts['queue']} queue behind"
    )
