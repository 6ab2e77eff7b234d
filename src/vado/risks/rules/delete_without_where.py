"""DELETE without WHERE deletes all rows."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation
from vado.risks.rows import commands, touches_all_rows
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find it at the top and inside WITH; MERGE deletes only what it matches."""
    for node in commands(subject.node, "DeleteStmt"):
        table = subject.known.table(node.node("relation"))
        if touches_all_rows(node) and (table.present or not table.new):
            yield Finding(
                "delete", {"table": quoted(*relation(node.node("relation")))}, rows=table.rows
            )


RULE = Rule(
    "delete-without-where",
    "data_loss",
    "critical",
    ("DeleteStmt", "InsertStmt", "UpdateStmt", "SelectStmt", "MergeStmt", "ExplainStmt"),
    check,
    destructive=True,
    judges_new=True,
)
