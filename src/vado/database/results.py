"""What the server answers to one of the user's statements, and what it says beside that."""

from dataclasses import dataclass
from typing import Any

import psycopg


@dataclass(frozen=True, slots=True)
class StatementResult:
    """What one of the user's statements did."""

    tag: str
    rows: int | None


@dataclass(frozen=True, slots=True)
class Notice:
    """A message the server sent beside the results."""

    severity: str
    sqlstate: str
    message: str


def notice(diagnostic: psycopg.errors.Diagnostic) -> Notice:
    """Return what the driver was told."""
    return Notice(
        diagnostic.severity_nonlocalized or "",
        diagnostic.sqlstate or "",
        diagnostic.message_primary or "",
    )


def run_statement(cursor: psycopg.Cursor[Any], statement: str) -> StatementResult:
    """Send one statement as one message of the extended protocol, and return what it did."""
    # `binary` results force the extended protocol even though nothing is bound.
    cursor.execute(statement.encode(), binary=True, prepare=False)
    tag = cursor.statusmessage or ""
    return StatementResult(tag, cursor.rowcount if cursor.rowcount >= 0 else None)
