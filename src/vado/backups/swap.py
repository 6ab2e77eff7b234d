"""Putting the successor in the place of the database: two renames in one transaction.

The first rename locks the database, so that whoever connects has to wait; it then waits itself (up
to 5 seconds) for the sessions that are there, which a second session ends meanwhile. Nothing that a
crash could leave behind is needed for that: the server keeps both renames or none.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from vado.backups.mark import Mark, write_mark
from vado.backups.successor import Names, maintenance
from vado.database import Identifier, Session, Target, let_sessions_go, load_queries
from vado.errors import ConnectionFailed, RestoreFailed, RestoreUnknown, StatementFailed, VadoError

_QUERIES = load_queries("vado.backups")
_OBJECT_IN_USE = "55006"
_POLL_S = 0.05
_ANSWER_WITHIN_S = 60.0


def swap(
    server: Session,
    target: Target,
    names: Names,
    *,
    mark: Mark | None = None,
    before: Callable[[], None] = lambda: None,
) -> None:
    """Give the successor the database's name, and the database the name it is kept under.

    Sessions in the database are ended. Either all of it happens, or an error tells that none did;
    *before* is a part of it, and so is the mark of the one that is kept. RestoreUnknown where the
    server does not tell within a minute.
    """
    oid = server.value(_QUERIES["database_oid"], name=names.successor)
    comment = server.value(_QUERIES["final_comment_statement"], name=names.database)
    try:
        with _sessions_ended(target, (names.database, names.successor)), server.transaction():
            before()
            _rename(server, names.database, names.previous)
            _rename(server, names.successor, names.database)
            server.run(comment)
            _pass_on_template(server, names)
            if mark is not None:
                write_mark(server, names.previous, mark)
    except StatementFailed as error:
        if error.details.get("sqlstate") == _OBJECT_IN_USE:
            raise _in_use(server, names) from error
        raise
    except ConnectionFailed:
        # The answer is lost; what happened is not.
        if not _took_place(target, names, oid):
            raise


def _pass_on_template(server: Session, names: Names) -> None:
    statements = _QUERIES["template_statements"]
    for row in server.rows(statements, name=names.database, previous=names.previous):
        server.run(row["statement"])


def _rename(server: Session, old: str, new: str) -> None:
    identifiers = {"old": Identifier(old), "new": Identifier(new)}
    server.execute(_QUERIES["rename"], identifiers=identifiers)


@contextmanager
def _sessions_ended(target: Target, databases: Sequence[str]) -> Iterator[None]:
    """End the sessions in *databases* for as long as the block runs."""
    done = threading.Event()
    with maintenance(target) as other:
        _end_sessions(other, databases)
        let_sessions_go()
        ending = threading.Thread(target=_keep_ending, args=(other, databases, done))
        ending.start()
        try:
            yield
        finally:
            done.set()
            ending.join()


def _keep_ending(other: Session, databases: Sequence[str], done: threading.Event) -> None:
    while not done.wait(_POLL_S):
        with suppress(VadoError):
            _end_sessions(other, databases)


def _end_sessions(other: Session, databases: Sequence[str]) -> None:
    for row in other.rows(_QUERIES["sessions"], names=list(databases)):
        # Those of a superuser may only be ended by one; the rename then tells that it had to wait.
        with suppress(StatementFailed):
            other.value(_QUERIES["terminate"], pid=row["pid"])


def _in_use(server: Session, names: Names) -> RestoreFailed:
    found = server.rows(_QUERIES["sessions"], names=[names.database, names.successor])
    sessions = [f"{row['user']} ({row['application']}, process {row['pid']})" for row in found]
    return RestoreFailed(
        f"sessions in {names.database} could not be ended: {', '.join(sessions) or 'unknown'}",
        hint="End them, or restore as a role that may end them (pg_signal_backend).",
    )


def _took_place(target: Target, names: Names, oid: int) -> bool:
    """Tell from the server whether the swap was committed, once it answers again."""
    deadline = time.monotonic() + _ANSWER_WITHIN_S
    while True:
        try:
            with maintenance(target) as other:
                found: int | None = other.value(_QUERIES["database_oid"], name=names.database)
                return found == oid
        except VadoError as error:
            if time.monotonic() > deadline:
                raise RestoreUnknown(
                    f"the server went away while {names.successor} took the place of "
                    f"{names.database}; either both were renamed or none",
                    hint=f"If there is a database {names.previous}, the restore was done.",
                ) from error
            time.sleep(1.0)
