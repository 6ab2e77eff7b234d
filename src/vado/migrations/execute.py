"""Running one migration on the target, together with its row in the ledger."""

from vado.database import BatchFailed, Session, Step, load_queries
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
from vado.migrations.lock import restore_session
from vado.operations import Job
from vado.preview import Plan, PlannedMigration, batches, statement_error
from vado.sql import Statement

# What can change the session itself, or call something that does.
_MAY_CHANGE_SESSION = frozenset(
    {"variable_set_stmt", "discard_stmt", "do_stmt", "call_stmt", "select_stmt", "alter_role_stmt"}
)
_SMALL_TEXT = 100_000
_SMALL_STATEMENTS = 200
_HARMLESS = "low"

_QUERIES = load_queries("vado.migrations")

Surroundings = tuple[Job, str]


def execute_migration(
    session: Session, plan: Plan, migration: Migration, run: RunContext, around: Surroundings
) -> None:
    """Apply *migration*; MigrationFailed with version, line, column, sqlstate when it cannot be.

    *around* is the job, and the search path that the next migration must find again.
    """
    job, search_path = around
    planned = _planned(session, migration)
    with job.on_cancel(session.cancel):
        if not migration.transaction or not all(
            s.transactional for s in migration.script.statements
        ):
            _in_steps(session, migration, planned, run)
        elif _small(plan, migration):
            _at_once(session, migration, planned, run)
        else:
            _watched(session, migration, planned, run)
    if any(s.kind in _MAY_CHANGE_SESSION for s in migration.script.statements):
        restore_session(session, search_path)


def _planned(session: Session, migration: Migration) -> PlannedMigration:
    done = session.value(
        _QUERIES["statements_done"],
        version=migration.version,
    )
    return PlannedMigration(
        migration.version,
        migration.name,
        "up",
        migration.checksum,
        migration.script,
        migration.transaction,
        done or 0,
    )


def _small(plan: Plan, migration: Migration) -> bool:
    """Say whether nothing in it is expected to wait or to take long."""
    risky = any(
        risk["version"] == migration.version and risk["level"] != _HARMLESS for risk in plan.risks
    )
    statements = migration.script.statements
    return not risky and len(statements) <= _SMALL_STATEMENTS and len(migration.up) <= _SMALL_TEXT


def _at_once(
    session: Session, migration: Migration, planned: PlannedMigration, run: RunContext
) -> None:
    """Send the whole transaction in one round trip, each statement as its own message."""
    statements = migration.script.statements
    steps = [
        Step("begin"),
        *(Step(s.text) for s in statements),
        record_step(migration, run),
        Step("commit"),
    ]
    try:
        session.run_batch(steps)
    except BatchFailed as error:
        # Step 0 is `begin`.
        if isinstance(error.cause, StatementFailed) and 1 <= error.step <= len(statements):
            raise _failed(planned, statements[error.step - 1], error.cause) from error
        raise error.cause from error


def _watched(
    session: Session, migration: Migration, planned: PlannedMigration, run: RunContext
) -> None:
    """Run statement by statement in one transaction."""
    with session.transaction():
        for statement in migration.script.statements:
            _statement(session, planned, statement)
        session.perform(record_step(migration, run))


def _in_steps(
    session: Session, migration: Migration, planned: PlannedMigration, run: RunContext
) -> None:
    """Run what PostgreSQL refuses in a transaction, journalled so that it can be gone on with."""
    begin_partial(session, migration, run)
    for batch in batches(planned):
        if batch[-1].index < planned.statements_done:
            continue
        if batch[0].transactional and migration.transaction:
            with session.transaction():
                for statement in batch:
                    _statement(session, planned, statement)
                session.perform(advance_step(migration, batch[-1].index + 1))
        else:
            _alone(session, migration, planned, batch[0])
    finish_partial(session, migration)


def _alone(
    session: Session, migration: Migration, planned: PlannedMigration, statement: Statement
) -> None:
    begin_step(session, migration, statement.index, statement.text)
    try:
        _statement(session, planned, statement)
    except VadoError as error:
        if not session.closed:
            end_step(session, migration, statement.index, error.message)
        raise
    with session.transaction():
        end_step(session, migration, statement.index)
        session.perform(advance_step(migration, statement.index + 1))


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
    return MigrationFailed(
        f"{place}: {error.message}",
        hint=error.hint or "The migration was rolled back; correct the file and preview again.",
        details=details,
    )
