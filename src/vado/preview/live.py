"""A preview while somebody types: the text is tried on a copy that is kept warm, and taken back.

The copy has the structure of the target and what is pending before the text. Each try is one
transaction that is rolled back, so the next one begins where this one did.
"""

import re
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from typing import Any

from vado.environments import Environment
from vado.errors import RehearsalImpossible, StatementFailed, VadoError
from vado.operations import Job
from vado.preview import limits
from vado.preview.copies import Copy, embedded_copy, limit_statements, read_original
from vado.preview.names import touched
from vado.preview.plan import Limit, PlannedMigration, changes_json
from vado.preview.run import needs_superuser, reaches_beyond, run_plan
from vado.preview.transactions import statement_error
from vado.schema import Catalogue, diff_same_database, read_catalogue, render_ddl
from vado.sql import Statement

_STATEMENT_LIMIT = "2s"
_CONCURRENTLY = re.compile(r"\bconcurrently\b", re.IGNORECASE)
# These can be tried without the word, which only says how the lock is taken.
_WITHOUT_THE_WORD = frozenset({"index_stmt", "drop_stmt", "reindex_stmt", "alter_table_stmt"})


@dataclass(frozen=True, slots=True)
class Tried:
    """What the text does to the schema, up to its first error (with line and column)."""

    changes: tuple[Mapping[str, Any], ...]
    ddl: Mapping[str, str]
    error: Mapping[str, Any] | None
    limits: tuple[Limit, ...]
    duration_ms: int

    def to_json(self) -> dict[str, Any]:
        """Return it as the API shows it."""
        return {
            "changes": [dict(change) for change in self.changes],
            "ddl": dict(self.ddl),
            "error": self.error,
            "limits": [asdict(limit) for limit in self.limits],
            "duration_ms": self.duration_ms,
        }


class LiveCopy:
    """A warm copy for one text after the other; close it when it is needed no more.

    `fingerprint` is that of the target it was made from. Raises RehearsalImpossible where there can
    be no copy, or what is pending before the text fails on it.
    """

    def __init__(
        self, environment: Environment, preceding: Sequence[PlannedMigration], job: Job
    ) -> None:
        self._one_at_a_time = threading.Lock()
        self._ends = ExitStack()
        original = read_original(environment, job)
        self.fingerprint = original.fingerprint
        try:
            self._copy: Copy = self._ends.enter_context(embedded_copy(original, job))
            self._before = self._prepared(preceding, job)
        except VadoError as error:
            self._ends.close()
            raise _impossible(error) from error
        except BaseException:
            self._ends.close()
            raise

    def _prepared(self, preceding: Sequence[PlannedMigration], job: Job) -> Catalogue:
        result = run_plan(self._copy, preceding, job)
        if result.error is not None:
            version, message = result.error["version"], result.error["message"]
            raise RehearsalImpossible(
                f"{version}, which comes before, fails: {message}",
                hint="Correct that one first.",
                details=result.error,
            )
        limit_statements(self._copy.session, _STATEMENT_LIMIT)
        return read_catalogue(self._copy.session)

    def attempt(self, migration: PlannedMigration) -> Tried:
        """Try a migration, and take it back."""
        begun = time.perf_counter()
        with self._one_at_a_time:
            run = _Attempt(self._copy, migration)
            after = run.outcome()
        changes = diff_same_database(self._before, after)
        shown = touched(self._before, after, changes)
        return Tried(
            changes=changes_json(changes),
            ddl={
                "before": render_ddl(self._before, only=shown[0]),
                "after": render_ddl(after, only=shown[1]),
            },
            error=run.error,
            limits=(*self._copy.limits, *run.limits),
            duration_ms=round((time.perf_counter() - begun) * 1000),
        )

    def close(self) -> None:
        """Drop the copy, once a try that is running has ended."""
        with self._one_at_a_time:
            self._ends.close()


def _impossible(error: VadoError) -> RehearsalImpossible:
    if isinstance(error, RehearsalImpossible):
        return error
    reason = str(error.details.get("reason") or error.message)
    return RehearsalImpossible(
        f"the text cannot be tried while you type: {reason}",
        hint="A preview tries other places.",
    )


class _TakenBack(Exception):
    """Ends the transaction of a try."""


class _Attempt:
    """One try of one text."""

    def __init__(self, copy: Copy, migration: PlannedMigration) -> None:
        self._copy = copy
        self._migration = migration
        self.error: dict[str, Any] | None = None
        self.limits: list[Limit] = []

    def outcome(self) -> Catalogue:
        """Run it and return the catalogue as it was before it was taken back."""
        session = self._copy.session
        seen = []
        with suppress(_TakenBack), session.transaction():
            self._run()
            seen.append(read_catalogue(session))
            raise _TakenBack
        return seen[0]

    def _run(self) -> None:
        session = self._copy.session
        for statement in self._migration.script.statements:
            text = _as_tried(statement)
            if text is None:
                kind = statement.kind.removesuffix("_stmt").replace("_", " ")
                self.limits.append(limits.only_when_previewed(kind, statement.line))
                continue
            try:
                # On a savepoint, so that the catalogue can be read behind an error.
                with session.transaction():
                    session.run(text)
            except StatementFailed as error:
                self.error = statement_error(self._migration, statement, error)
                return


def _as_tried(statement: Statement) -> str | None:
    """Return the statement as it runs in a transaction, None for what cannot."""
    if reaches_beyond(statement, embedded=True) or needs_superuser(statement):
        return None
    if statement.transactional:
        return statement.text
    if statement.kind in _WITHOUT_THE_WORD:
        return _CONCURRENTLY.sub(" " * len("concurrently"), statement.text, count=1)
    return None
