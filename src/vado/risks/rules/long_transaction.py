"""Long work in a transaction that has blocked a table keeps it blocked until the end."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.rows import touches_all_rows
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find work on all rows after ALTER TABLE of a table that others use."""
    blocked = subject.known.blocked
    if blocked is None or not _is_long(subject):
        return
    schema = blocked.schema if blocked.schema not in subject.known.search_path else ""
    params = {"table": subject.name, "blocked": quoted(schema, blocked.name)}
    yield Finding("work", params, rows=subject.table.rows)


def _is_long(subject: Subject) -> bool:
    """Say whether all rows are written, or rows of a query are copied."""
    node = subject.node
    if node.kind != "InsertStmt":
        return touches_all_rows(node) and not subject.table.new
    query = node.node("selectStmt")
    return query is not None and any(
        not subject.known.table(table).new
        for table in query.nodes("fromClause")
        if table.kind == "RangeVar"
    )


RULE = Rule(
    "long-transaction",
    "lock",
    "high",
    ("UpdateStmt", "DeleteStmt", "InsertStmt"),
    check,
    lock="ACCESS EXCLUSIVE",
    judges_new=True,
)
