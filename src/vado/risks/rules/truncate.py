"""TRUNCATE deletes all rows of a table."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find tables that the plan did not create."""
    tables = subject.node.nodes("relations")
    for index, node in enumerate(tables):
        table = subject.known.table(node)
        if table.new and not table.present:
            continue
        variant = "cascade" if subject.cascade else "table"
        part = index if len(tables) > 1 else None
        yield Finding(variant, {"table": quoted(*relation(node))}, part, rows=table.rows)


RULE = Rule(
    "truncate",
    "data_loss",
    "critical",
    ("TruncateStmt",),
    check,
    lock="ACCESS EXCLUSIVE",
    destructive=True,
)
