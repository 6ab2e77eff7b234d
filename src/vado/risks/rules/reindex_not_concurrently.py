"""REINDEX stops writes to the table, and reads that want the index, until it is done."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation
from vado.risks.subject import Subject

_WHOLE = {
    "REINDEX_OBJECT_SCHEMA": "schema",
    "REINDEX_OBJECT_DATABASE": "database",
    "REINDEX_OBJECT_SYSTEM": "database",
}


def check(subject: Subject) -> Iterator[Finding]:
    """Find REINDEX without CONCURRENTLY."""
    options = {option.text("defname") for option in subject.node.nodes("params")}
    if "concurrently" in options:
        return
    kind = subject.node.enum("kind")
    if kind in _WHOLE:
        yield Finding("whole", {"name": quoted(subject.node.text("name"))})
        return
    name = relation(subject.target)
    is_index = kind == "REINDEX_OBJECT_INDEX"
    table = subject.known.index_table(name) if is_index else subject.table
    if table is None or not table.new:
        rows = table.rows if table is not None else None
        params = {"name": subject.name, "object": "index" if is_index else "table"}
        yield Finding("object", params, rows=rows)


RULE = Rule("reindex-not-concurrently", "lock", "high", ("ReindexStmt",), check, lock="SHARE")
