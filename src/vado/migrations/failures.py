"""How a failed statement of a migration is told: with its place in the file, and what was left."""

from collections.abc import Iterator
from contextlib import contextmanager

from vado.database import Session
from vado.errors import MigrationFailed, StatementFailed
from vado.preview import PlannedMigration, goes_at_once, statement_error
from vado.sql import Statement

_ROLLED_BACK = "The migration was rolled back; correct the file and preview again."
_GOES_ON = "What was done before it stays done: preview again to go on from there."


def send(session: Session, planned: PlannedMigration, statement: Statement) -> None:
    """Run one statement; MigrationFailed with version, line, column, sqlstate if it fails."""
    try:
        session.run(statement.text)
    except StatementFailed as error:
        raise failed(planned, statement, error) from error


def failed(
    planned: PlannedMigration, statement: Statement, error: StatementFailed
) -> MigrationFailed:
    """Return the failure of one statement."""
    details = {
        **statement_error(planned, statement, error),
        "rolled_back": goes_at_once(planned),
    }
    place = f"{planned.version}_{planned.name}.sql:{details['line']}:{details['column']}"
    return MigrationFailed(
        f"{place}: {error.message}", hint=error.hint or _left(planned), details=details
    )


def failed_at_end(planned: PlannedMigration, error: StatementFailed) -> MigrationFailed:
    """Return the failure of what comes after the last statement, shown at that statement."""
    known = {**error.details, "position": None}
    quiet = StatementFailed(error.message, hint=error.hint, details=known)
    statements = planned.script.statements
    details = statement_error(planned, statements[-1], quiet) if statements else {}
    return MigrationFailed(
        f"{planned.version}_{planned.name}.sql, at the end of its transaction: {error.message}",
        hint=error.hint or _left(planned),
        details={
            "version": planned.version,
            "line": None,
            "column": None,
            **known,
            **details,
            "rolled_back": goes_at_once(planned),
        },
    )


@contextmanager
def ending(planned: PlannedMigration) -> Iterator[None]:
    """Tell a failure after the last statement, such as a deferred constraint, in its own words."""
    try:
        yield
    except StatementFailed as error:
        raise failed_at_end(planned, error) from error


def _left(planned: PlannedMigration) -> str:
    return _ROLLED_BACK if goes_at_once(planned) else _GOES_ON
