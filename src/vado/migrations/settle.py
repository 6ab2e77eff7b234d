"""After a broken connection: what became of the migration that was running."""

import time

from vado.database import MIGRATION_LOCK, Session, Target, connect, load_queries
from vado.errors import ConnectionFailed
from vado.migrations.ledger import read_ledger

_QUERIES = load_queries("vado.migrations")
_WAIT_S = 15.0
_POLL_S = 0.3


def applied_after_all(target: Target, version: str) -> bool:
    """Say whether the ledger holds *version*, once the lost session can change nothing any more.

    As long as that session lives it holds the lock of Vado; when the lock is free its transaction
    has ended one way or the other.
    """
    deadline = time.monotonic() + _WAIT_S
    while True:
        try:
            with connect(target, application_name="vado settle") as session:
                _await_lock(session, deadline)
                return any(
                    int(row.version) == int(version) and row.state == "applied"
                    for row in read_ledger(session)
                )
        except ConnectionFailed:
            # A server that just recovered may drop the first connection as well.
            if time.monotonic() > deadline:
                raise
            time.sleep(_POLL_S)


def _await_lock(session: Session, deadline: float) -> None:
    while not session.value(_QUERIES["try_lock"], lock=MIGRATION_LOCK):
        if time.monotonic() > deadline:
            raise ConnectionFailed("the lost session is still at work")
        time.sleep(_POLL_S)
