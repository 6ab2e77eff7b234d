"""The record of a restore in the database it replaces: begun in the old one, ended in the new.

That a kept database was dropped is recorded likewise.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from vado.database import Session, control_installed
from vado.environments import Environment
from vado.errors import Cancelled, VadoError
from vado.operations import Job, TargetRecord

log = logging.getLogger("vado.backups")


@dataclass
class Outcome:
    """How an operation on the database ends, for as long as it runs."""

    environment: Environment
    job: Job
    subject: str
    kind: str
    kept: bool
    written: bool = False

    def succeed(self, session: Session) -> None:
        """Write success where it holds if and only if the restore does.

        That is in the transaction that restores, or in the database that is not yet in its place.
        """
        if self.kept:
            _record(session, self.environment, self.job, self.subject, self.kind).end("succeeded")
        self.written = True


@contextmanager
def recorded(
    environment: Environment, job: Job, subject: str, kind: str = "restore", *, alone: bool = False
) -> Iterator[Outcome]:
    """Write intent before and outcome after, each where the database's name leads at that time.

    *alone*: the caller holds a lock that all of this kind hold, so those left open have died.
    """
    with environment.session() as session:
        outcome = Outcome(environment, job, subject, kind, control_installed(session))
        if outcome.kept:
            record = _record(session, environment, job, subject, kind)
            if alone:
                record.settle_interrupted()
            record.begin()
    try:
        yield outcome
    except VadoError as error:
        if outcome.kept:
            record_end(environment, job, subject, error, kind)
        raise
    if outcome.kept and not outcome.written:
        record_end(environment, job, subject, None, kind)


def _record(
    session: Session, environment: Environment, job: Job, subject: str, kind: str
) -> TargetRecord:
    record = TargetRecord(session, job, kind)
    record.environment, record.subject = environment.name, subject
    return record


def record_end(
    environment: Environment,
    job: Job,
    subject: str,
    error: VadoError | None,
    kind: str = "restore",
) -> None:
    """Write how it ended, beside its intent; that this may fail is only logged."""
    state = "succeeded"
    if error is not None:
        state = "cancelled" if isinstance(error, Cancelled) else "failed"
    try:
        with environment.session() as session:
            told = None if error is None else error.to_json()
            # `kept` holds one session from start to end, and the swap ends all of them.
            record = _record(session, environment, job, subject, kind)
            record.end(state, error=told)
    except VadoError as failure:
        # The restore is over, one way or the other; that must be what the user hears of.
        log.warning("outcome of the restore not recorded", extra={"error": failure.message})
