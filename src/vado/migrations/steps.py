"""What PostgreSQL refuses in a transaction: run step by step, each written down in the journal."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from vado.database import Session, Step, load_queries
from vado.errors import StatementFailed, VadoError
from vado.migrations.evidence import clear, finish, invalid_after_all, note
from vado.migrations.failures import ending, failed, send
from vado.migrations.files import Migration
from vado.migrations.ledger import (
    RunContext,
    advance_step,
    begin_partial,
    begin_step,
    end_step,
    finish_partial,
    open_step,
    settle_steps,
)
from vado.migrations.lock import require_lock
from vado.migrations.patience import politely
from vado.operations import Job
from vado.preview import SETS_SESSION, PlannedMigration, batches
from vado.schema import fingerprint, read_catalogue
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
# What can commit by itself, which PostgreSQL refuses in a transaction of ours.
_MAY_COMMIT = frozenset({"call_stmt", "do_stmt", "execute_stmt"})
_NO_LIMIT = 0
_QUERIES = load_queries("vado.migrations")


def may_change_session(migration: Migration) -> bool:
    """Say whether its SQL may leave the session with other settings or another role."""
    return any(s.kind in _MAY_CHANGE_SESSION for s in migration.script.statements)


def limit_waits(session: Session, migration: Migration) -> None:
    """Have the open transaction wait for locks as long as the file says, where it does."""
    for step in own_lock_timeout(migration):
        session.perform(step)


def own_lock_timeout(migration: Migration) -> list[Step]:
    """Return what gives a transaction the limit that the file's header asks for."""
    if migration.lock_timeout_ms is None:
        return []
    return [Step(f"set local lock_timeout = {migration.lock_timeout_ms:d}")]


def _concurrently(statement: Statement) -> bool:
    return not statement.transactional and "concurrently" in statement.text.lower()


@dataclass(frozen=True, slots=True)
class Steps:
    """One migration on its way, step by step."""

    session: Session
    job: Job
    migration: Migration
    planned: PlannedMigration
    patience_s: float

    def run(self, run: RunContext) -> None:
        """Run what is not done yet, and write down how far it came."""
        self._settle()
        run = self._with_fingerprint(run)
        begin_partial(self.session, self.migration, run, self.planned.statements_done)
        changes = may_change_session(self.migration)
        try:
            for batch in batches(self.planned):
                self._batch(batch)
        finally:
            # What one step sets holds for the steps after it, as in psql, but not for what is ours.
            if changes and not self.session.closed:
                self.session.restore()
        if changes:
            require_lock(self.session)
        finish_partial(self.session, self.migration)

    def _with_fingerprint(self, run: RunContext) -> RunContext:
        """Keep what the schema is before a migration that may stop half-way, to prove its undo."""
        if self.migration.undoes or self.planned.statements_done or run.fingerprint is not None:
            return run
        return replace(run, fingerprint=fingerprint(read_catalogue(self.session)))

    def _settle(self) -> None:
        """Bring the journal up to what the catalogue has shown, and finish what was cut short."""
        done = self.planned.statements_done
        self._clear(done)
        step = open_step(self.session, self.migration, done - 1) if done else None
        if step is not None:
            with self._waits(_NO_LIMIT):
                finish(self.session, step)
            with self.session.transaction():
                settle_steps(self.session, self.migration, done)
                self.session.perform(advance_step(self.migration, done))

    def _batch(self, batch: Sequence[Statement]) -> None:
        done = self.planned.statements_done
        for statement in batch:
            if statement.index < done and statement.kind == SETS_SESSION:
                # The session that set it is gone, and what follows was written for it.
                self.session.run(statement.text)
        # A corrected file may put what is done and what is not into one transaction.
        rest = [s for s in batch if s.index >= done]
        if not rest:
            return
        if rest[0].transactional and self.migration.transaction:
            self._politely(lambda: self._together(rest))
        else:
            self._alone(rest[0])

    def _together(self, batch: Sequence[Statement]) -> None:
        with ending(self.planned), self.session.transaction():
            limit_waits(self.session, self.migration)
            for statement in batch:
                send(self.session, self.planned, statement)
            with self._own_role():
                self.session.perform(advance_step(self.migration, batch[-1].index + 1))

    def _alone(self, statement: Statement) -> None:
        with self._own_role():
            found = note(self.session, statement)
            begin_step(self.session, self.migration, statement.index, statement.text, found)
        try:
            if statement.transactional and statement.kind not in _MAY_COMMIT:
                # One transaction with its journal, so that nothing about it can be in doubt.
                self._politely(lambda: self._with_journal(statement))
                return
            with self._waits_of(statement):
                send(self.session, self.planned, statement)
            self._require_valid(statement)
        except VadoError as error:
            if not self.session.closed:
                with self._own_role():
                    end_step(self.session, self.migration, statement.index, error.message)
            raise
        with self._own_role(), self.session.transaction():
            self._ended(statement)

    def _with_journal(self, statement: Statement) -> None:
        with ending(self.planned), self.session.transaction():
            limit_waits(self.session, self.migration)
            send(self.session, self.planned, statement)
            with self._own_role():
                self._ended(statement)

    def _ended(self, statement: Statement) -> None:
        end_step(self.session, self.migration, statement.index)
        self.session.perform(advance_step(self.migration, statement.index + 1))

    def _clear(self, done: int) -> None:
        """Drop what an earlier try has left behind, also of a step that the file has no more."""
        step = open_step(self.session, self.migration, done)
        if step is None:
            return
        with self._waits(_NO_LIMIT):
            for name in clear(self.session, step):
                self.job.log(
                    f"dropped the invalid index {name}, left by an earlier try",
                    "dropped_invalid",
                    index=name,
                )

    def _require_valid(self, statement: Statement) -> None:
        """Refuse to call an index done that was found invalid and left so by `if not exists`."""
        index = invalid_after_all(self.session, statement)
        if index is not None:
            raise failed(
                self.planned,
                statement,
                StatementFailed(
                    f"the index {index} exists and is invalid, so nothing uses it",
                    hint=f"Drop it with `drop index concurrently {index}`, then apply again.",
                    details={"sqlstate": "55000"},
                ),
            )

    def _politely(self, work: Callable[[], None]) -> None:
        politely(self.job, self.migration, self.patience_s, work)

    @contextmanager
    def _waits_of(self, statement: Statement) -> Iterator[None]:
        """Let a CONCURRENTLY wait: nobody queues behind it, and giving up leaves half of it."""
        sets = {s.node.text("name") for s in self.migration.script.statements}
        timeout_ms = self.migration.lock_timeout_ms
        if timeout_ms is None and _concurrently(statement) and "lock_timeout" not in sets:
            timeout_ms = _NO_LIMIT
        with self._waits(timeout_ms):
            yield

    @contextmanager
    def _waits(self, timeout_ms: int | None) -> Iterator[None]:
        if timeout_ms is None:
            yield
            return
        before = self.session.value(_QUERIES["lock_timeout"])
        self.session.rows(_QUERIES["set_lock_timeout"], timeout=str(timeout_ms))
        try:
            yield
        finally:
            if not self.session.closed:
                self.session.rows(_QUERIES["set_lock_timeout"], timeout=before)

    @contextmanager
    def _own_role(self) -> Iterator[None]:
        """Write into the ledger as ourselves, whatever role the migration has taken."""
        if not may_change_session(self.migration):
            yield
            return
        role: str = self.session.value(_QUERIES["current_role"])
        self.session.execute("reset role")
        yield
        if role != "none":
            self.session.rows(_QUERIES["set_role"], role=role)
