"""Long work in a transaction that has blocked a table keeps it blocked until the end."""

from collections.abc import Iterator

from vado.risks.model import SMALL_TABLE_ROWS, Finding, Rule
from vado.risks.names import quoted, relation
from vado.risks.rows import touches_all_rows
from vado.risks.subject import Subject
from vado.risks.tables import Table
from vado.sql import Node


def check(subject: Subject) -> Iterator[Finding]:
    """Find work on all rows after ALTER TABLE of a table that others use."""
    blocked = subject.known.blocked
    if blocked is None or not _is_long(subject):
        return
    if subject.node.kind == "SelectStmt":
        read = subject.node.nodes("fromClause")[0]
        params = {"table": quoted(*relation(read)), "blocked": quoted(blocked.name)}
        rows = subject.known.table(read).rows
        yield Finding("read", params, level="medium", rows=rows)
        return
    schema = blocked.schema if blocked.schema not in subject.known.search_path else ""
    params = {"table": subject.name, "blocked": quoted(schema, blocked.name)}
    rows = subject.table.rows
    few = rows is not None and rows < SMALL_TABLE_ROWS
    yield Finding("work", params, level="medium" if few else None, rows=rows)


def _is_long(subject: Subject) -> bool:
    """Say whether all rows are written, or rows of a query are copied."""
    node = subject.node
    if node.kind == "SelectStmt":
        return _reads_everything(subject)
    if node.kind != "InsertStmt":
        return touches_all_rows(node) and not subject.table.new
    query = node.node("selectStmt")
    return query is not None and any(
        not subject.known.table(table).new
        for table in query.nodes("fromClause")
        if table.kind == "RangeVar"
    )


def _reads_everything(subject: Subject) -> bool:
    """Say whether a query goes through a whole table that the plan did not create."""
    node = subject.node
    tables = node.nodes("fromClause")
    if node.has("whereClause") or node.has("limitCount") or tables[:1] == ():
        return False
    table = subject.known.table(tables[0]) if tables[0].kind == "RangeVar" else None
    return table is not None and not table.new and not _only_ends(node, table)


def _only_ends(query: Node, table: Table) -> bool:
    """Say whether a query asks for the least or greatest of columns that an index has in order."""
    calls = [call for call in query.walk() if call.kind == "FuncCall"]
    ends = [call for call in calls if call.names("funcname")[-1:] in {("min",), ("max",)}]
    return bool(ends) and all(
        len(asked := call.nodes("args")) == 1
        and table.leads_an_index(asked[0].names("fields")[-1:] or ("",))
        for call in ends
    )


RULE = Rule(
    "long-transaction",
    "lock",
    "high",
    ("UpdateStmt", "DeleteStmt", "InsertStmt", "SelectStmt"),
    check,
    lock="ACCESS EXCLUSIVE",
    judges_new=True,
)
