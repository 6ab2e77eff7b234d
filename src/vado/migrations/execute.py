"""Running one migration on the target, together with its row in the ledger."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from vado.database import BatchFailed, Session, Step, load_queries, restore_steps
from vado.errors import MigrationFailed, StatementFailed, VadoError
from vado.migrations.files import Migration
from vado.migrations.ledger import (
    RunContext,
    advance_step,
    begin_partial,
    begin_step,
    end_step,
    finish_partial,
    record_step,
)
from vado.migrations.lock import holds_lock, lock_given_up
from vado.operations import Job
from vado.preview import Plan, PlannedMigration, batches, statement_error
from vado.sql import Statement

# What can change the session itself, or call something that does.
_MAY_CHANGE_SESSION = frozenset(
    {
        "call_stmt",
        "create_table_as_stmt",
        "discard_stmt",
        "do_stmt",
        "execute_stmt",
        "select_stmt",
        "variable_set_stmt",
    }
)
_QUERIES = load_queries("vado.migrations")
_SMALL_TEXT = 100_000
_SMALL_STATEMENTS = 200
_HARMLESS = "low"


@dataclass(frozen=True, slots=True)
class Execution:
    """One run on the target: its session, and what its ledger rows share.

    `risky` holds the versions that may wait or take long.
    """

    session: Session
    run: RunContext
    job: Job
    risky: frozenset[str]

    def execute(self, migration: Migration, planned: PlannedMigration) -> None:
        """Apply a migration; MigrationFailed with version, line, column, sqlstate if it fails."""
        statements = migration.script.statements
        with self.job.on_cancel(self.session.cancel):
            if not migration.transaction or not all(s.transactional for s in statements):
                _in_steps(self.session, migration, planned, self.run)
            elif self._small(migration):
                _at_once(self.session, migration, planned, self.run)
            else:
                _watched(self.session, migration, planned, self.run)

    def _small(self, migration: Migration) -> bool:
        """Say whether nothing in it is expected to wait or to take long."""
        few = len(migration.script.statements) <= _SMALL_STATEMENTS
        return few and len(migration.up) <= _SMALL_TEXT and migration.version not in self.risky


def risky_versions(plan: Plan) -> frozenset[str]:
    """Return the versions of a plan with any risk above low."""
    return frozenset(risk["version"] for risk in plan.risks if risk["level"] != _HARMLESS)


def _may_change_session(migration: Migration) -> bool:
    return any(s.kind in _MAY_CHANGE_SESSION for s in migration.script.statements)


def _coming_back(migration: Migration) -> list[Step]:
    """Return what ends a transaction whose SQL may have changed the session, before the ledger row.

    Deferred checks belong to the migration's own role and settings; the row and the next migration
    to ours. The last step fails when the lock was given up.
    """
    if not _may_change_session(migration):
        return []
    return [Step("set constraints all immediate"), *restore_steps(), holds_lock()]


def _at_once(
    session: Session, migration: Migration, planned: PlannedMigration, run: RunContext
) -> None:
    """Send the whole transaction in one round trip, each statement as its own message."""
    statements = migration.script.statements
    back = _coming_back(migration)
    row = record_step(migration, run)
    steps = [Step("begin"), *(Step(s.text) for s in statements), *back, row, Step("commit")]
    try:
        session.run_batch(steps)
    except BatchFailed as error:
        if not isinstance(error.cause, StatementFailed):
            raise error.cause from error
        # Step 0 is `begin`.
        if 1 <= error.step <= len(statements):
            raise _failed(planned, statements[error.step - 1], error.cause) from error
        if back and error.step == len(statements) + len(back):
            raise lock_given_up() from error
        raise _failed_at_end(planned, error.cause) from error


def _watched(
    session: Session, migration: Migration, planned: PlannedMigration, run: RunContext
) -> None:
    """Run statement by statement in one transaction."""
    with _ending(planned), session.transaction():
        for statement in migration.script.statements:
            _statement(session, planned, statement)
        back = _coming_back(migration)
        for step in back[:-1]:
            session.perform(step)
        if back:
            _require_lock(session, back[-1])
        session.perform(record_step(migration, run))


def _require_lock(session: Session, step: Step) -> None:
    try:
        session.perform(step)
    except StatementFailed as error:
        raise lock_given_up() from error


@contextmanager
def _ending(planned: PlannedMigration) -> Iterator[None]:
    """Tell a failure after the last statement, such as a deferred constraint, in its own words."""
    try:
        yield
    except StatementFailed as error:
        raise _failed_at_end(planned, error) from error


def _in_steps(
    session: Session, migration: Migration, planned: PlannedMigration, run: RunContext
) -> None:
    """Run what PostgreSQL refuses in a transaction, journalled so that it can be gone on with."""
    begin_partial(session, migration, run)
    changes = _may_change_session(migration)
    try:
        for batch in batches(planned):
            if batch[-1].index < planned.statements_done:
                continue
            if batch[0].transactional and migration.transaction:
                _together(session, migration, planned, batch)
            else:
                _alone(session, migration, planned, batch[0])
    finally:
        # What one step sets holds for the steps after it, as in psql, but not for what is ours.
        if changes and not session.closed:
            session.restore()
    if changes:
        _require_lock(session, holds_lock())
    finish_partial(session, migration)


def _together(
    session: Session,
    migration: Migration,
    planned: PlannedMigration,
    batch: Sequence[Statement],
) -> None:
    with _ending(planned), session.transaction():
        for statement in batch:
            _statement(session, planned, statement)
        with _own_role(session, migration):
            session.perform(advance_step(migration, batch[-1].index + 1))


def _alone(
    session: Session, migration: Migration, planned: PlannedMigration, statement: Statement
) -> None:
    number = statement.index
    with _own_role(session, migration):
        begin_step(session, migration, number, statement.text)
    try:
        _statement(session, planned, statement)
    except VadoError as error:
        if not session.closed:
            with _own_role(session, migration):
                end_step(session, migration, number, error.message)
        raise
    with _own_role(session, migration), session.transaction():
        end_step(session, migration, number)
        session.perform(advance_step(migration, number + 1))


@contextmanager
def _own_role(session: Session, migration: Migration) -> Iterator[None]:
    """Write into the ledger as ourselves, whatever role the migration has taken."""
    if not _may_change_session(migration):
        yield
        return
    role: str = session.value(_QUERIES["current_role"])
    session.execute("reset role")
    yield
    if role != "none":
        session.rows(_QUERIES["set_role"], role=role)


def _statement(session: Session, planned: PlannedMigration, statement: Statement) -> None:
    try:
        session.run(statement.text)
    except StatementFailed as error:
        raise _failed(planned, statement, error) from error


def _failed(
    planned: PlannedMigration, statement: Statement, error: StatementFailed
) -> MigrationFailed:
    details = statement_error(planned, statement, error)
    place = f"{planned.version}_{planned.name}.sql:{details['line']}:{details['column']}"
    done = _ROLLED_BACK if _whole(planned) else _GOES_ON
    return MigrationFailed(f"{place}: {error.message}", hint=error.hint or done, details=details)


def _failed_at_end(planned: PlannedMigration, error: StatementFailed) -> MigrationFailed:
    """Return the failure of what comes after the last statement, shown at that statement."""
    known = {**error.details, "position": None}
    quiet = StatementFailed(error.message, hint=error.hint, details=known)
    statements = planned.script.statements
    details = statement_error(planned, statements[-1], quiet) if statements else {}
    return MigrationFailed(
        f"{planned.version}_{planned.name}.sql, at the end of its transaction: {error.message}",
        hint=error.hint or (_ROLLED_BACK if _whole(planned) else _GOES_ON),
        details={"version": planned.version, "line": None, "column": None, **known, **details},
    )


_ROLLED_BACK = "The migration was rolled back; correct the file and preview again."
_GOES_ON = "What was done before it stays done: preview again to go on from there."


def _whole(planned: PlannedMigration) -> bool:
    return planned.transaction and all(s.transactional for s in planned.script.statements)
