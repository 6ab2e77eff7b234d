"""After a broken connection: what became of the migration that was running."""

import time

from vado.database import Session, Target, connect, load_queries
from vado.errors import ConnectionFailed
from vado.migrations.ledger import read_ledger

_QUERIES = load_queries("vado.migrations")
_WAIT_S = 15.0
_POLL_S = 0.3


def applied_after_all(target: Target, lost_pid: int, version: str, operation_id: str) -> bool:
    """Say whether this operation carried *version* out, once its lost session can do no more.

    ConnectionFailed when the server cannot be asked, or the session is still at work, for long.
    """
    deadline = time.monotonic() + _WAIT_S
    while True:
        try:
            with connect(target, application_name="vado settle") as session:
                _await_end(session, lost_pid, deadline)
                return any(
                    int(row.version) == int(version)
                    and row.state in {"applied", "undone"}
                    and row.operation_id == operation_id
                    for row in read_ledger(session)
                )
        except ConnectionFailed:
            # A server that just recovered may drop the first connection as well.
            if time.monotonic() > deadline:
                raise
            time.sleep(_POLL_S)


def _await_end(session: Session, pid: int, deadline: float) -> None:
    # Not by the lock: another Vado that was waiting may have it by now.
    while session.value(_QUERIES["lives"], pid=pid):
        if time.monotonic() > deadline:
            raise ConnectionFailed("the lost session is still at work")
        time.sleep(_POLL_S)
