"""Who would be in the way: transactions that hold the touched tables, or are open for long."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from vado.database import Session, load_queries
from vado.logging import redact
from vado.preview.plan import PlannedMigration
from vado.sql import Statement

_QUERIES = load_queries("vado.preview")
# Of these, rows are locked at most, and tables only against changes of their shape.
_ROWS_ONLY = frozenset({"select_stmt", "insert_stmt", "update_stmt", "delete_stmt", "merge_stmt"})


@dataclass(frozen=True, slots=True)
class Blocker:
    """A session that was in the way when the preview looked; `table` is None for a long one.

    `since` is when its transaction began.
    """

    kind: Literal["lock", "long_transaction"]
    pid: int
    user: str
    host: str
    application: str
    since: str
    query: str
    table: str | None


def find_blockers(session: Session, migrations: Sequence[PlannedMigration]) -> tuple[Blocker, ...]:
    """Return who holds what the plan touches, and whose transaction is older than a minute."""
    tables = sorted({n for m in migrations for s in m.script.statements for n in _tables(s)})
    if not tables:
        return ()
    found = session.rows(_QUERIES["blockers"], tables=tables)
    return tuple(Blocker(**{**row, "query": redact(row["query"])}) for row in found)


def _tables(statement: Statement) -> Iterator[str]:
    """Yield the relations that a statement locks, quoted."""
    if statement.kind in _ROWS_ONLY:
        return
    for node in statement.node.walk():
        if node.kind == "RangeVar":
            yield _quoted((node.text("schemaname"), node.text("relname")))
    if statement.kind == "drop_stmt":
        for item in statement.node.nodes("objects"):
            names = item.names("items")
            # A trigger or a policy is named behind its table.
            yield _quoted(names)
            yield _quoted(names[:-1])


def _quoted(parts: Sequence[str]) -> str:
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts if part)
