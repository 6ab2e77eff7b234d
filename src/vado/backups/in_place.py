"""Restoring in place: the database is emptied and made anew in one transaction.

For roles that may not make databases, and where databases are not renamed. Until the transaction is
committed the server itself keeps what was there; whatever dies, it is as it was. `vado_control` is
not touched.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from vado.backups.clear import clear, kept_by
from vado.backups.compare import compare_within
from vado.backups.manifest import Manifest
from vado.backups.script import Rows, Script, opened_script, read_rows, read_section
from vado.backups.silence import keep_still, speak_again
from vado.backups.toc import entries_without
from vado.database import Session, connect, load_queries
from vado.environments import Environment
from vado.errors import ConnectionFailed, RestoreFailed, RestoreUnknown, StatementFailed, VadoError
from vado.operations import Job

log = logging.getLogger("vado.backups")

_QUERIES = {
    **load_queries("vado.backups"),
    **load_queries("vado.backups", "in_place.sql"),
}
_LOCK_WITHIN = "15s"
_LOCK_NOT_AVAILABLE = "55P03"
_OUT_OF_LOCKS = "53200"
_POLL_S = 0.1
_ANSWER_WITHIN_S = 60.0
_LIKE_OTHERS = "UTF8"


def restore_in_place(
    environment: Environment, manifest: Manifest, job: Job, finish: Callable[[Session], None]
) -> None:
    """Make the database what the backup holds, exactly, or leave it as it is.

    Sessions that stand in the way are ended. Objects that came after the backup go; extensions
    that this role could not make again stay. Raises RestoreUnknown where the server did not tell
    within a minute whether it had committed; any other error means that nothing has changed.
    *finish* is a part of the transaction.
    """
    with (
        connect(environment.target, application_name=f"vado {job.id}") as session,
        job.on_cancel(session.cancel),
    ):
        number = ""
        keep_still(session)
        try:
            with session.transaction(), _blockers_ended(environment, session) as unending:
                row = session.row(_QUERIES["begin"], lock_timeout=_LOCK_WITHIN) or {}
                number = row["number"]
                with _explained(unending):
                    _made_anew(environment, session, manifest, job)
                    _same_transaction(session, number)
                    speak_again(session)
                    finish(session)
        except ConnectionFailed:
            # The answer is lost; what happened is not.
            if not number or not _committed(environment, number):
                raise
    log.info("restored in place", extra={"backup": manifest.id})


def _made_anew(environment: Environment, session: Session, manifest: Manifest, job: Job) -> None:
    job.step("clear")
    kept = kept_by(session)
    clear(session, kept)
    with entries_without(environment, manifest, job, kept) as chosen:
        job.step("load")
        _run(session, read_section(environment, manifest, job, "pre-data", *chosen))
        _load_rows(environment, session, manifest, job, chosen)
        job.step("load", section="post-data")
        _run(session, read_section(environment, manifest, job, "post-data", *chosen))
    session.value(_QUERIES["set_encoding"], encoding=_LIKE_OTHERS)
    job.step("compare")
    compare_within(session, manifest, job)


def _run(session: Session, script: Script) -> None:
    # A message is read in the encoding that holds when it arrives, not the one it sets.
    session.value(_QUERIES["set_encoding"], encoding=script.encoding)
    session.run_script(script.text)


def _load_rows(
    environment: Environment,
    session: Session,
    manifest: Manifest,
    job: Job,
    chosen: tuple[str, ...],
) -> None:
    told = _Told(job, sum((manifest.tables or {}).values()))
    with opened_script(environment, manifest, job, "--section=data", *chosen) as output:
        for piece in read_rows(output):
            if isinstance(piece, Rows):
                session.copy_rows(piece.statement(session.encoding), told.counted(piece.pieces))
            else:
                session.run_script(piece)


@dataclass
class _Told:
    """Tells the job how many rows have been sent."""

    job: Job
    total: int
    done: int = 0

    def counted(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.done += piece.count(b"\n")
            self.job.progress(min(self.done, self.total), self.total, "rows")
            yield piece


def _same_transaction(session: Session, number: str) -> None:
    """Make sure that nothing in the script has ended the transaction that it ran in."""
    if session.value(_QUERIES["transaction_number"]) != number:
        raise RestoreUnknown(
            "the backup's script ended the transaction it ran in",
            hint="Look at the database, then restore the backup that was taken before this.",
        )


@dataclass
class _Unending:
    """Who stood in the way and could not be ended."""

    sessions: list[str] = field(default_factory=list)


@contextmanager
def _blockers_ended(environment: Environment, session: Session) -> Iterator[_Unending]:
    """End whoever makes *session* wait for a lock, for as long as the block runs."""
    done, unending = threading.Event(), _Unending()
    with connect(environment.target, application_name="vado restore") as other:
        pid = session.backend_pid

        def keep_ending() -> None:
            while not done.wait(_POLL_S):
                with suppress(VadoError):
                    unending.sessions = _end_blockers(other, pid)

        ending = threading.Thread(target=keep_ending)
        ending.start()
        try:
            yield unending
        finally:
            done.set()
            ending.join()


def _end_blockers(other: Session, pid: int) -> list[str]:
    left = []
    for row in other.rows(_QUERIES["blocking"], pid=pid):
        try:
            other.value(_QUERIES["terminate"], pid=row["pid"])
        except StatementFailed:
            left.append(f"{row['user']} ({row['application']}, process {row['pid']})")
    return left


@contextmanager
def _explained(unending: _Unending) -> Iterator[None]:
    try:
        yield
    except StatementFailed as error:
        code = error.details.get("sqlstate")
        if code == _LOCK_NOT_AVAILABLE:
            raise RestoreFailed(
                "sessions that use the database could not be ended: "
                + (", ".join(unending.sessions) or "unknown"),
                hint="End them, or restore as a role that may end them (pg_signal_backend).",
            ) from error
        if code == _OUT_OF_LOCKS:
            raise RestoreFailed(
                f"the server has too few locks for all objects in one transaction: {error.message}",
                hint="Raise max_locks_per_transaction, or restore by swap.",
            ) from error
        raise


def _committed(environment: Environment, number: str) -> bool:
    """Ask the server, once it answers again, what became of the transaction."""
    deadline = time.monotonic() + _ANSWER_WITHIN_S
    while True:
        outcome = None
        with suppress(VadoError), environment.session(read_only=True) as session:
            outcome = session.value(_QUERIES["transaction_outcome"], number=number)
        if outcome in {"committed", "aborted"}:
            return bool(outcome == "committed")
        if time.monotonic() > deadline:
            raise RestoreUnknown(
                f"the server went away when the restore of {environment.target.dbname} ended; it "
                "was restored, or is as it was",
                hint="Look at the database before anything else is done with it.",
            )
        time.sleep(0.5)
