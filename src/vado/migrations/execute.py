"""Running one migration on the target, together with its row in the ledger."""

from dataclasses import dataclass, field

from vado.database import BatchFailed, Session, Step, load_queries, restore_steps
from vado.errors import StatementFailed
from vado.migrations.failures import ending, failed, failed_at_end, send
from vado.migrations.files import Migration
from vado.migrations.ledger import RunContext, record_step
from vado.migrations.lock import holds_lock, lock_given_up, require_lock
from vado.migrations.patience import politely
from vado.migrations.steps import Steps, limit_waits, may_change_session, own_lock_timeout
from vado.operations import Job
from vado.preview import Plan, PlannedMigration, goes_at_once

_QUERIES = load_queries("vado.migrations")
_SMALL_TEXT = 100_000
_SMALL_STATEMENTS = 200
_HARMLESS = "low"


@dataclass
class LastTransaction:
    """The id of the transaction that was about to be committed, None when it is not known."""

    id: str | None = None


@dataclass(frozen=True, slots=True)
class Execution:
    """One run on the target: its session, and what its ledger rows share.

    `risky` holds the versions that may wait or take long. `patience_s` is how long a migration is
    tried again while others hold the locks that it needs.
    """

    session: Session
    run: RunContext
    job: Job
    risky: frozenset[str]
    patience_s: float
    last: LastTransaction = field(default_factory=LastTransaction)

    def execute(self, migration: Migration, planned: PlannedMigration) -> None:
        """Apply a migration; MigrationFailed with version, line, column, sqlstate if it fails."""
        self.last.id = None
        with self.job.on_cancel(self.session.cancel):
            if not goes_at_once(planned):
                Steps(self.session, self.job, migration, planned, self.patience_s).run(self.run)
                return
            transaction = self._at_once if self._small(migration) else self._watched
            politely(self.job, migration, self.patience_s, lambda: transaction(migration, planned))

    def _small(self, migration: Migration) -> bool:
        """Say whether nothing in it is expected to wait or to take long."""
        few = len(migration.script.statements) <= _SMALL_STATEMENTS
        return few and len(migration.up) <= _SMALL_TEXT and migration.version not in self.risky

    def _at_once(self, migration: Migration, planned: PlannedMigration) -> None:
        """Send the whole transaction in one round trip, each statement as its own message."""
        statements = migration.script.statements
        before = [Step("begin"), *own_lock_timeout(migration)]
        back = _coming_back(migration)
        after = [*back, record_step(migration, self.run), Step("commit")]
        try:
            self.session.run_batch([*before, *(Step(s.text) for s in statements), *after])
        except BatchFailed as error:
            if not isinstance(error.cause, StatementFailed):
                raise error.cause from error
            number = error.step - len(before)
            if 0 <= number < len(statements):
                raise failed(planned, statements[number], error.cause) from error
            if back and number == len(statements) + len(back) - 1:
                raise lock_given_up() from error
            raise failed_at_end(planned, error.cause) from error

    def _watched(self, migration: Migration, planned: PlannedMigration) -> None:
        """Run statement by statement in one transaction."""
        session = self.session
        with ending(planned), session.transaction():
            limit_waits(session, migration)
            for statement in migration.script.statements:
                send(session, planned, statement)
            back = _coming_back(migration)
            for step in back[:-1]:
                session.perform(step)
            if back:
                require_lock(session)
            session.perform(record_step(migration, self.run))
            self._note_transaction(migration)

    def _note_transaction(self, migration: Migration) -> None:
        """Write down what to ask for, should COMMIT be left without an answer."""
        self.last.id = self.session.value(_QUERIES["transaction"])
        self.job.log(
            f"{migration.version}: transaction {self.last.id} is to be committed",
            "committing",
            version=migration.version,
            transaction=str(self.last.id),
        )


def risky_versions(plan: Plan) -> frozenset[str]:
    """Return the versions of a plan with any risk above low."""
    return frozenset(risk["version"] for risk in plan.risks if risk["level"] != _HARMLESS)


def _coming_back(migration: Migration) -> list[Step]:
    """Return what ends a transaction whose SQL may have changed the session, before the ledger row.

    Deferred checks belong to the migration's own role and settings; the row and the next migration
    to ours. The last step fails when the lock was given up.
    """
    if not may_change_session(migration):
        return []
    return [Step("set constraints all immediate"), *restore_steps(), holds_lock()]
