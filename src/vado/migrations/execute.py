"""Running migrations on the target, each together with its row in the ledger."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from vado.database import BatchFailed, Session, Step, load_queries, restore_steps
from vado.errors import MigrationFailed, StatementFailed, VadoError
from vado.migrations.failures import ending, failed, failed_at_end, send
from vado.migrations.files import Migration
from vado.migrations.ledger import RunContext, record_step
from vado.migrations.lock import holds_lock, lock_given_up, require_lock
from vado.migrations.patience import patience_with, politely
from vado.migrations.steps import Steps, limit_waits, may_change_session, own_lock_timeout
from vado.operations import Job, Patience
from vado.preview import Plan, PlannedMigration, goes_at_once

_QUERIES = load_queries("vado.migrations")
_SMALL_TEXT = 100_000
_SMALL_STATEMENTS = 200
_HARMLESS = "low"

Arranged = tuple[Migration, PlannedMigration]


@dataclass
class LastTransaction:
    """The id of the transaction that was about to be committed, None when it is not known."""

    id: str | None = None


@dataclass
class Execution:
    """One run on the target: its session, and what its ledger rows share.

    `risky` holds the versions that may wait or take long, `known` those that the ledger has a row
    of. `patience_s` is how long a migration is tried again while others hold the locks that it
    needs. `landed` is told of each migration that is done. `under_way` holds those that were sent
    and are not known to be done.
    """

    session: Session
    run: RunContext
    job: Job
    risky: frozenset[str]
    known: frozenset[int]
    patience_s: float
    landed: Callable[[Migration], None]
    last: LastTransaction = field(default_factory=LastTransaction)
    under_way: deque[Arranged] = field(default_factory=deque)
    _any: bool = False

    def is_small(self, arranged: Arranged) -> bool:
        """Say whether all of it is one transaction that is not expected to wait or take long."""
        migration, planned = arranged
        few = len(migration.script.statements) <= _SMALL_STATEMENTS
        short = few and len(migration.up) <= _SMALL_TEXT
        return short and migration.version not in self.risky and goes_at_once(planned)

    def one(self, arranged: Arranged) -> None:
        """Apply a migration; MigrationFailed with version, line, column, sqlstate if it fails."""
        self._next(arranged)
        migration, planned = arranged
        with self.job.on_cancel(self.session.cancel):
            if goes_at_once(planned):
                politely(
                    self.job, migration, self.patience_s, lambda: self._watched(migration, planned)
                )
            else:
                steps = Steps(self.session, self.job, migration, planned, self.patience_s)
                steps.run(self._run_of(migration))
        self.settled()

    def ahead(self, small: Iterable[Arranged]) -> None:
        """Apply small migrations, each sent without waiting until the one before it is done.

        Nothing behind one that fails is run. MigrationFailed is about the first of `under_way`.
        """
        rest = iter(small)
        waiting: tuple[Migration, Patience] | None = None
        while True:
            try:
                with self.job.on_cancel(self.session.cancel):
                    return self._stream(rest)
            except MigrationFailed as error:
                # None of what stands behind it was begun: all of them go again.
                migration = self.under_way[0][0]
                if waiting is None or waiting[0] is not migration:
                    waiting = (migration, patience_with(migration, self.job, self.patience_s))
                waiting[1].after(error)
                rest = chain(tuple(self.under_way), rest)
                self.under_way.clear()

    def _stream(self, small: Iterator[Arranged]) -> None:
        try:
            self.session.run_ahead((self._batch(arranged) for arranged in small), self._landed)
        except BatchFailed as error:
            raise self._failure(error) from error

    def _batch(self, arranged: Arranged) -> list[Step]:
        """Return the whole transaction of a migration, each statement as its own message."""
        self._next(arranged)
        before, statements, after = self._parts(arranged[0])
        return [*before, *statements, *after]

    def _parts(self, migration: Migration) -> tuple[list[Step], list[Step], list[Step]]:
        return (
            [Step("begin"), *own_lock_timeout(migration)],
            [Step(statement.text) for statement in migration.script.statements],
            [*_coming_back(migration), self._record(migration), Step("commit")],
        )

    def _record(self, migration: Migration) -> Step:
        known = migration.number in self.known
        return record_step(migration, self._run_of(migration), known=known)

    def _run_of(self, migration: Migration) -> RunContext:
        # The fingerprint belongs to the run, so only its first row carries it.
        first = not self._any and self.under_way[0][0] is migration
        return self.run if first else replace(self.run, fingerprint=None)

    def _next(self, arranged: Arranged) -> None:
        self.last.id = None
        if not self.under_way:
            self._tell(arranged)
        self.under_way.append(arranged)

    def _tell(self, arranged: Arranged) -> None:
        self.job.step("migrate", version=arranged[0].version, name=arranged[0].name)

    def settled(self) -> None:
        """Take note that the first of `under_way` is done."""
        migration, _ = self.under_way.popleft()
        self._any = True
        self.landed(migration)

    def _landed(self) -> None:
        self.settled()
        if self.under_way:
            self._tell(self.under_way[0])

    def _failure(self, error: BatchFailed) -> VadoError:
        """Return what the failure of a batch means for its migration."""
        if not isinstance(error.cause, StatementFailed):
            return error.cause
        migration, planned = self.under_way[0]
        before, statements, _ = self._parts(migration)
        number = error.step - len(before)
        if 0 <= number < len(statements):
            return failed(planned, migration.script.statements[number], error.cause)
        back = _coming_back(migration)
        if back and number == len(statements) + len(back) - 1:
            return lock_given_up()
        return failed_at_end(planned, error.cause)

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
            session.perform(self._record(migration))
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
