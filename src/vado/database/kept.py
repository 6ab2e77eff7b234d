"""Sessions that are kept for the next question of the same command.

A new connection to a server in the cloud takes six or seven round trips (TCP, TLS, password,
settings) before its first question; a command asks at five moments or more. So a read-only session
that is at rest is lent again. Its settings are made as they were at first when it is given back:
that is sent at once and heard when it is lent again, so nobody waits for it. Sessions end with the
command, or earlier: where nobody may be in the database, and when they were idle for long.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import psycopg

from vado.database.asking import Question
from vado.database.connect import open_session
from vado.database.safety import READ_ONLY, RESTORE
from vado.database.session import Session, within
from vado.database.url import Target
from vado.errors import VadoError

# Firewalls forget a connection on which nothing happens; none is known to do it this soon.
_IDLE_S = 20.0
_ANSWER_S = 5.0
_AS_AT_FIRST = tuple(Question(text) for text in (*RESTORE, READ_ONLY))


class _Kept:
    """A session that has been asked to be as it was at first, and has not been heard yet."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._since = time.monotonic()
        self._asked = ExitStack()
        self._asked.enter_context(session.asked(_AS_AT_FIRST))

    def ready(self) -> bool:
        """Hear the answers, and say whether it can be used."""
        if time.monotonic() - self._since > _IDLE_S:
            return False
        with suppress(VadoError), within(self.session, _ANSWER_S):
            self._asked.close()
            self.session.notices.clear()
            return self.session.at_rest
        return False

    def end(self) -> None:
        _end(self.session)
        with suppress(VadoError):
            self._asked.close()


class _Keeper:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._kept: list[_Kept] = []

    def begin(self) -> None:
        with self._lock:
            self._users += 1

    def end(self) -> None:
        with self._lock:
            self._users -= 1
            last = not self._users
        if last:
            self.let_go()

    def let_go(self) -> None:
        with self._lock:
            kept, self._kept = self._kept, []
        for one in kept:
            one.end()

    def take(self, target: Target) -> Session | None:
        while (found := self._next(target)) is not None:
            if found.ready():
                return found.session
            found.end()
        return None

    def _next(self, target: Target) -> _Kept | None:
        with self._lock:
            found = next((one for one in self._kept if one.session.target == target), None)
            if found is not None:
                self._kept.remove(found)
            return found

    def give(self, session: Session) -> None:
        with self._lock:
            if self._users and session.at_rest:
                with suppress(VadoError):
                    self._kept.append(_Kept(session))
                    return
        _end(session)


_keeper = _Keeper()


@contextmanager
def keeping_sessions() -> Iterator[None]:
    """Keep the sessions that are lent, until the last block of this kind ends."""
    _keeper.begin()
    try:
        yield
    finally:
        _keeper.end()


@contextmanager
def lent_session(target: Target) -> Iterator[Session]:
    """Lend a read-only session: one that was kept, or a new one."""
    session = _keeper.take(target) or open_session(target, read_only=True)
    try:
        yield session
    except BaseException:
        _end(session)
        raise
    _keeper.give(session)


def let_sessions_go() -> None:
    """End the sessions that are kept, before something for which nobody may be connected."""
    _keeper.let_go()


def _end(session: Session) -> None:
    with suppress(psycopg.Error):
        session.close()
