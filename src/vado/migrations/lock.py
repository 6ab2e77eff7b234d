"""One apply at a time: a session lock on the applying connection, which dies with it."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from vado.database import (
    MIGRATION_LOCK,
    Inquiry,
    Question,
    Session,
    Step,
    ask,
    connect,
    load_queries,
)
from vado.environments import Environment, refuse_pooler
from vado.errors import LockNotObtained, StatementFailed, VadoError
from vado.logging import redact
from vado.migrations.patience import Waits
from vado.operations import Job, observed

_QUERIES = load_queries("vado.migrations")
_POLL_S = 0.2


@contextmanager
def migration_session(
    environment: Environment, job: Job, waits: Waits | None = None
) -> Iterator[Session]:
    """Open the session that applies: direct, watched, with the lock held until it ends."""
    waits = waits or Waits()
    with (
        connect(environment.target, application_name="vado apply") as session,
        observed(session, job, waits.silence_s),
    ):
        refuse_pooler(environment.target, session)
        _take_lock(session, job, waits.another_vado_s)
        yield session


def _take_lock(session: Session, job: Job, wait_s: float) -> None:
    deadline = time.monotonic() + wait_s
    waited = False
    # Tried again and again: a session that waits for the lock would hold a snapshot, and every
    # `create index concurrently` waits for those.
    while not session.value(_QUERIES["try_lock"], lock=MIGRATION_LOCK):
        job.check()
        if time.monotonic() >= deadline:
            raise _held(session)
        waited = waited or _tell_holder(session, job)
        time.sleep(_POLL_S)
    if waited:
        job.note(**dict.fromkeys(("blocked_by", "blocker", "blocker_query", "queue")))


def _tell_holder(session: Session, job: Job) -> bool:
    holder = lock_holder(session)
    if holder is None:
        return False
    told = {
        "blocked_by": holder["pid"],
        "blocker": f"{holder['user']}@{holder['host']}",
        "blocker_query": holder["query"],
        "queue": 0,
    }
    job.note(**told)
    job.log(f"waiting for {_who(holder)}", "waiting", **told)
    return True


def _who(holder: Mapping[str, Any]) -> str:
    who = f"process {holder['pid']} of {holder['user']}@{holder['host']} since {holder['since']}"
    return f"{who}, its statement: {' '.join(holder['query'].split())}" if holder["query"] else who


def _held(session: Session) -> LockNotObtained:
    holder = lock_holder(session)
    who = _who(holder) if holder else "a session that is not visible"
    return LockNotObtained(
        f"another Vado is at work on {session.target.dbname}: {who}",
        hint="Wait until it has ended (--wait SECONDS does), or end that session on the server.",
        details={"holder": holder},
    )


def lock_holder(session: Session) -> dict[str, Any] | None:
    """Return who holds the migration lock (pid, user, host, application, since, query), if seen."""
    try:
        return ask(session, lock_asked())
    except VadoError:
        return None


def lock_asked() -> Inquiry[dict[str, Any] | None]:
    """Find out who holds the migration lock, as `lock_holder` tells it."""
    answers = yield [Question(_QUERIES["holder"], {"lock": MIGRATION_LOCK})]
    row = next(answers).row()
    return None if row is None else {**row, "query": redact(row["query"] or "")}


def holds_lock() -> Step:
    """Return a statement that fails when the session does not hold the lock of Vado any more."""
    return Step(_QUERIES["holds_lock"], {"lock": MIGRATION_LOCK})


def require_lock(session: Session) -> None:
    """Raise LockNotObtained when the session has given the lock up."""
    try:
        session.perform(holds_lock())
    except StatementFailed as error:
        raise lock_given_up() from error


def lock_given_up() -> LockNotObtained:
    """Return the error for a migration that ended the lock under which it ran."""
    return LockNotObtained(
        "the migration gave up the lock of Vado",
        hint="Remove pg_advisory_unlock_all or discard all from it.",
    )
