"""Who would be in the way: transactions that hold the touched tables, or are open for long."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from vado.database import Session, load_queries
from vado.environments import Environment
from vado.logging import redact
from vado.preview.plan import Plan, PlannedMigration
from vado.sql import Statement, parse_script

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
    return _blocking(session, (s for m in migrations for s in m.script.statements))


def blockers_now(environment: Environment, plan: Plan) -> tuple[Blocker, ...]:
    """Return who is in the way of a plan at this moment, which moves on after its preview."""
    statements = [s for sent in plan.statements for s in parse_script(sent.sql).statements]
    with environment.session(read_only=True) as session:
        return _blocking(session, statements)


def _blocking(session: Session, statements: Iterable[Statement]) -> tuple[Blocker, ...]:
    tables = sorted({name for s in statements for name in _tables(s)})
    if not tables:
        return ()
    found = session.rows(_QUERIES["blockers"], tables=tables)
    return tuple(Blocker(**{**row, "query": redact(row["query"])}) for row in found)


def _tables(statement: Statement) -> Iterator[str]:
    """Yield the relations that a statement locks, quoted."""
    if statement.kind in _ROWS_ONLY:
        return
    for node in statement.node.walk():
        # A relation in a field of its own is named by the field, not as a RangeVar.
        if node.has("relname"):
            yield _quoted((node.text("schemaname"), node.text("relname")))
    if statement.kind == "drop_stmt":
        for item in statement.node.nodes("objects"):
            names = item.names("items")
            # A trigger or a policy is named behind its table.
            yield _quoted(names)
            yield _quoted(names[:-1])


def _quoted(parts: Sequence[str]) -> str:
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts if part)
