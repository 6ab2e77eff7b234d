"""UPDATE without WHERE overwrites all rows."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation
from vado.risks.rows import commands, touches_all_rows
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find it at the top and inside WITH; filling columns that are new only takes time."""
    for node in commands(subject.node, "UpdateStmt"):
        table = subject.known.table(node.node("relation"))
        if not touches_all_rows(node) or (table.new and not table.present):
            continue
        names = [target.text("name") for target in node.nodes("targetList")]
        params = {
            "table": quoted(*relation(node.node("relation"))),
            "columns": ", ".join(quoted(name) for name in names),
        }
        if all(table.column(name).new for name in names):
            yield Finding(
                "backfill", params, None, "medium", "lock", destructive=False, rows=table.rows
            )
        else:
            yield Finding("overwrite", params, rows=table.rows)


RULE = Rule(
    "update-without-where",
    "data_loss",
    "high",
    ("UpdateStmt", "InsertStmt", "DeleteStmt", "SelectStmt", "MergeStmt", "ExplainStmt"),
    check,
    destructive=True,
    judges_new=True,
)
