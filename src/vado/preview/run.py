"""Running a plan on a copy, statement by statement, each measured."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any

from vado.database import Session
from vado.errors import StatementFailed
from vado.operations import Job
from vado.preview import limits
from vado.preview.copies import Copy
from vado.preview.plan import Limit, PlannedMigration, PlannedStatement
from vado.preview.trace import Tracer
from vado.preview.transactions import SETS_SESSION, batches, statement_error
from vado.schema import fingerprint, read_catalogue
from vado.sql import Statement

# These change the server or another database, so no copy can show what they do.
_BEYOND_ONE_DATABASE = frozenset(
    {
        "createdb_stmt",
        "dropdb_stmt",
        "alter_database_stmt",
        "alter_database_set_stmt",
        "alter_database_refresh_coll_stmt",
        "alter_system_stmt",
        "create_table_space_stmt",
        "drop_table_space_stmt",
        "alter_table_space_options_stmt",
        "create_subscription_stmt",
        "alter_subscription_stmt",
        "drop_subscription_stmt",
        "alter_role_stmt",
        "alter_role_set_stmt",
        "drop_role_stmt",
        "grant_role_stmt",
    }
)
# On the embedded server these belong to the rehearsal; beside the target they would stay.
_SHARED_BY_DATABASES = frozenset({"create_role_stmt"})
_FINALIZE = re.compile(r"\bfinalize\s*\Z", re.IGNORECASE)
_SUPERUSERS = frozenset({"create_extension_stmt", "alter_extension_stmt"})


@dataclass(frozen=True, slots=True)
class RunResult:
    """What running the plan showed; `error` has version, line, column, sqlstate, message, hint.

    `taken_back` is the fingerprint of the copy once a half-done migration was taken back.
    """

    statements: tuple[PlannedStatement, ...]
    limits: tuple[Limit, ...]
    error: dict[str, Any] | None
    taken_back: str | None = None


def run_plan(
    copy: Copy, migrations: Sequence[PlannedMigration], job: Job, tracer: Tracer | None = None
) -> RunResult:
    """Run the migrations on the copy until one fails, and measure each statement."""
    run = CopyRun(copy, job, tracer)
    taken_back = None
    for number, migration in enumerate(migrations):
        job.step("rehearse", version=migration.version, name=migration.name)
        run.migration(migration)
        # Behind others that go back as well, it leads to what never was.
        if migration.way and not number and run.error is None:
            taken_back = fingerprint(read_catalogue(copy.session))
    return RunResult(tuple(run.statements), tuple(run.limits), run.error, taken_back)


def unrun_statements(migrations: Sequence[PlannedMigration]) -> tuple[PlannedStatement, ...]:
    """Return the statements of a plan that nothing was measured of."""
    every = [(m, s) for m in migrations for s in m.script.statements]
    return tuple(_planned(index, m, s) for index, (m, s) in enumerate(every))


def needs_superuser(statement: Statement) -> bool:
    """Say whether only a superuser may do it, so that it has a session of its own."""
    return statement.kind in _SUPERUSERS


def reaches_beyond(statement: Statement, *, embedded: bool) -> bool:
    """Say whether a statement changes more than the copy, so that it is not run there."""
    if statement.kind == "copy_stmt":
        # Files and programs are the server's; to and from the client is refused before.
        return bool(statement.node.text("filename"))
    shared = statement.kind in _SHARED_BY_DATABASES and not embedded
    return shared or statement.kind in _BEYOND_ONE_DATABASE


class CopyRun:
    """Runs migrations on a copy; after the first failure the rest is only listed."""

    def __init__(self, copy: Copy, job: Job, tracer: Tracer | None = None) -> None:
        self._copy = copy
        self._job = job
        self._tracer = tracer
        self._together = False
        self.statements: list[PlannedStatement] = []
        self.limits: list[Limit] = []
        self.error: dict[str, Any] | None = None

    def migration(self, migration: PlannedMigration) -> None:
        """Run one migration, in transactions as it would have on the target."""
        if self.error is None:
            for text in migration.catch_up:
                self._copy.session.run(text)
        for batch in batches(migration):
            with self._failure_ends_batch(), ExitStack() as stack:
                self._together = batch[0].transactional and migration.transaction
                # After a failure the rest is still listed, and not run.
                if self.error is None and self._together:
                    stack.enter_context(self._copy.session.transaction())
                if self.error is None and self._tracer is not None:
                    self._tracer.begin()
                for statement in batch:
                    self._statement(migration, statement)

    @contextmanager
    def _failure_ends_batch(self) -> Iterator[None]:
        try:
            yield
        except StatementFailed:
            if self.error is None:
                raise

    def _statement(self, migration: PlannedMigration, statement: Statement) -> None:
        index = len(self.statements)
        planned = _planned(index, migration, statement)
        if self.error is not None or statement.index < migration.statements_done:
            if self.error is None and statement.kind == SETS_SESSION:
                # What was set before holds for the rest.
                self._copy.session.run(statement.text)
            self.statements.append(planned)
            return
        if reaches_beyond(statement, embedded=self._copy.place == "embedded"):
            kind = statement.kind.removesuffix("_stmt").replace("_", " ")
            self.limits.append(limits.not_rehearsed(kind, migration.version, statement.line))
            self.statements.append(planned)
            return
        self._measured(migration, statement, index)

    def _measured(self, migration: PlannedMigration, statement: Statement, index: int) -> None:
        session = self._session_for(statement)
        # A session that runs this one alone has nothing to do with what the others hold.
        tracer = self._tracer if session is self._copy.session else None
        if tracer is not None:
            tracer.before()
        begun = time.perf_counter()
        try:
            with self._job.on_cancel(session.cancel):
                result = session.run(as_on_copy(statement))
        except StatementFailed as error:
            self.error = statement_error(migration, statement, error)
            self.statements.append(_planned(index, migration, statement, error=self.error))
            self._list_rest(migration, statement)
            raise
        spent = round((time.perf_counter() - begun) * 1000, 2)
        trace = tracer.after(in_transaction=self._together) if tracer is not None else None
        planned = _planned(index, migration, statement)
        self.statements.append(
            replace(
                planned,
                duration_ms=spent,
                rows=result.rows,
                trace=trace.to_json() if trace else None,
            )
        )

    def _list_rest(self, migration: PlannedMigration, failed: Statement) -> None:
        """List what stood behind the failed statement in its own transaction."""
        for batch in batches(migration):
            if failed in batch:
                for statement in batch[batch.index(failed) + 1 :]:
                    self.statements.append(_planned(len(self.statements), migration, statement))

    def _session_for(self, statement: Statement) -> Session:
        if needs_superuser(statement) and self._copy.superuser is not None:
            return self._copy.superuser
        return self._copy.session


def as_on_copy(statement: Statement) -> str:
    """Return the statement as a copy understands it: in a dump no partition is half detached."""
    finalizes = any(
        command.enum("subtype") == "AT_DetachPartitionFinalize"
        for command in statement.node.nodes("cmds")
    )
    return _FINALIZE.sub("", statement.text) if finalizes else statement.text


def _planned(
    index: int,
    migration: PlannedMigration,
    statement: Statement,
    *,
    error: dict[str, Any] | None = None,
) -> PlannedStatement:
    line, column = migration.place_of(statement.index) or (statement.line, statement.column)
    return PlannedStatement(
        index=index,
        version=migration.version,
        line=line,
        column=column,
        kind=statement.kind,
        sql=statement.text,
        transactional=statement.transactional and migration.transaction,
        error=error,
    )
