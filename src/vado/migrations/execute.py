"""Running one migration on the target, together with its row in the ledger."""

from dataclasses import dataclass

from vado.database import BatchFailed, Session, Step
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


@dataclass(frozen=True, slots=True)
class Execution:
    """One run on the target: its session, what its ledger rows share, and what it was planned as.

    `risky` holds the versions that may wait or take long; `search_path` is what each migration
    must find, whatever the one before did to it.
    """

    session: Session
    run: RunContext
    job: Job
    search_path: str
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
        if any(s.kind in _MAY_CHANGE_SESSION for s in statements):
            restore_session(self.session, self.search_path)

    def _small(self, migration: Migration) -> bool:
        """Say whether nothing in it is expected to wait or to take long."""
        few = len(migration.script.statements) <= _SMALL_STATEMENTS
        return few and len(migration.up) <= _SMALL_TEXT and migration.version not in self.risky


def risky_versions(plan: Plan) -> frozenset[str]:
    """Return the versions of a plan with any risk above low."""
    return frozenset(risk["version"] for risk in plan.risks if risk["level"] != _HARMLESS)


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
