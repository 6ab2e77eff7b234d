"""The driver's errors, told in Vado's words and without anything secret."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from vado.database.url import Target
from vado.database.waking import hint_for
from vado.errors import Cancelled, ConnectionFailed, StatementFailed
from vado.logging import redact

_QUERY_CANCELED = "57014"
_LOCK_NOT_AVAILABLE = "55P03"
_HINTS = {
    _LOCK_NOT_AVAILABLE: "Another session holds the lock; try again when it has ended.",
    "42501": "Ask the owner of the database for the privilege, or connect as another role.",
    "25001": "Write -- migrate:up transaction:false, so that it runs outside a transaction.",
    "53100": "Free space on the server's disk.",
    "25006": (
        "The server is a standby, or default_transaction_read_only is on for the database or role."
    ),
}


@contextmanager
def translated(target: Target) -> Iterator[None]:
    """Turn the driver's errors into ConnectionFailed, StatementFailed or Cancelled."""
    try:
        yield
    except psycopg.Error as error:
        raise failure(error, target) from error


def failure(error: psycopg.Error, target: Target) -> ConnectionFailed | StatementFailed | Cancelled:
    """Return Vado's error for one of the driver's."""
    diagnostic = error.diag
    sqlstate = error.sqlstate
    if _is_lost(error):
        return lost(error, target)
    message = redact(diagnostic.message_primary or str(error))
    if sqlstate == _QUERY_CANCELED and "user request" in message:
        return Cancelled("the statement was cancelled")
    return StatementFailed(
        message,
        hint=redact(diagnostic.message_hint)
        if diagnostic.message_hint
        else _HINTS.get(sqlstate or ""),
        details={
            "sqlstate": sqlstate,
            "position": _number(diagnostic.statement_position),
            "detail": redact(diagnostic.message_detail) if diagnostic.message_detail else None,
            "context": redact(diagnostic.context) if diagnostic.context else None,
        },
    )


def _is_lost(error: psycopg.Error) -> bool:
    if error.sqlstate is None:
        # What the driver itself refuses, such as a NUL in a value, is no fault of the connection.
        return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    fatal = error.diag.severity_nonlocalized in {"FATAL", "PANIC"}
    return fatal or error.sqlstate.startswith(("08", "57P"))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def lost(error: psycopg.Error, target: Target) -> ConnectionFailed:
    """Return the error for a server that cannot be reached or went away."""
    # libpq repeats the address and one paragraph a try; one sentence is enough.
    reason = redact(str(error)).strip().splitlines()[0] if str(error).strip() else "no answer"
    for noise in ("connection failed: ", "consuming input failed: ", "FATAL:"):
        reason = reason.removeprefix(noise).strip()
    where = "password authentication failed"
    usual = (
        "Check user and password."
        if where in reason
        else "Check that the server runs and that host, port and database are right."
    )
    hint = hint_for(str(error)) or usual
    return ConnectionFailed(
        f"cannot work with {target.display}: {reason}",
        hint=hint,
        details={"sqlstate": error.sqlstate},
    )
