"""After a broken connection: what became of the migration that was running."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from vado.database import Session, Target, connect, load_queries, within
from vado.errors import ConnectionFailed, StatementFailed
from vado.migrations.ledger import LedgerRow, read_ledger

_QUERIES = load_queries("vado.migrations")
_WAIT_S = 15.0
_POLL_S = 0.3
_ANSWER_S = 10.0

Outcome = Literal["carried_out", "in_part", "rolled_back"]


@dataclass(frozen=True, slots=True)
class Lost:
    """What is known of a migration whose connection broke.

    `transaction` is the id that was noted before COMMIT; small migrations go without.
    """

    target: Target
    pid: int
    version: str
    operation_id: str
    transaction: str | None = None


def what_became_of(lost: Lost, *, wait_s: float = _WAIT_S) -> tuple[Outcome, LedgerRow | None]:
    """Say what became of it, once its lost session can do no more, and its row in the ledger.

    ConnectionFailed when the server cannot be asked, or the session is still at work, for long.
    """
    deadline = time.monotonic() + wait_s
    while True:
        try:
            with _asking(lost.target) as session:
                _await_end(session, lost, deadline)
                return _outcome(session, lost)
        except ConnectionFailed:
            # A server that just recovered may drop the first connection as well.
            if time.monotonic() > deadline:
                raise
            time.sleep(_POLL_S)


@contextmanager
def _asking(target: Target) -> Iterator[Session]:
    # A peer that has gone silent must not keep us: every answer here is quick or never comes.
    with (
        connect(target, application_name="vado settle") as session,
        within(session, _ANSWER_S + _WAIT_S),
    ):
        yield session


def _await_end(session: Session, lost: Lost, deadline: float) -> None:
    # Not by the lock: another Vado that was waiting may have it by now.
    while session.value(_QUERIES["lives"], pid=lost.pid):
        # One that waits for us, behind a network that tells it nothing, would do so for minutes.
        session.rows(_QUERIES["end_idle"], pid=lost.pid)
        if time.monotonic() > deadline:
            raise ConnectionFailed("the lost session is still at work")
        time.sleep(_POLL_S)


def _outcome(session: Session, lost: Lost) -> tuple[Outcome, LedgerRow | None]:
    row = next((r for r in read_ledger(session) if r.number == int(lost.version)), None)
    if row is None or row.operation_id != lost.operation_id:
        row = None
    if _status(session, lost.transaction) == "committed":
        return "carried_out", row
    if row is None:
        return "rolled_back", None
    return ("in_part" if row.state == "partial" else "carried_out"), row


def _status(session: Session, transaction: str | None) -> str | None:
    """Return what the server says of a transaction; None where it does not know it (any more)."""
    if transaction is None:
        return None
    try:
        status: str | None = session.value(_QUERIES["transaction_status"], transaction=transaction)
    except StatementFailed:
        return None  # another server answers now, a restored one: only the ledger can tell
    return status
