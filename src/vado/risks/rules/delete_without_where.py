"""DELETE without WHERE deletes all rows."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation
from vado.risks.rows import always_true, commands, touches_all_rows
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find it at the top and inside WITH, and a MERGE that deletes what its source has not."""
    if subject.node.kind == "MergeStmt":
        yield from _merge(subject)
    for node in commands(subject.node, "DeleteStmt"):
        table = subject.known.table(node.node("relation"))
        if touches_all_rows(node) and (table.present or not table.new):
            yield Finding(
                "delete", {"table": quoted(*relation(node.node("relation")))}, rows=table.rows
            )


def _merge(subject: Subject) -> Iterator[Finding]:
    condition = subject.node.node("joinCondition")
    everything = condition is not None and always_true(condition)
    for clause in subject.node.nodes("mergeWhenClauses"):
        unmatched = clause.enum("matchKind") == "MERGE_WHEN_NOT_MATCHED_BY_SOURCE"
        deletes = clause.enum("commandType") == "CMD_DELETE" and not clause.has("condition")
        if deletes and (everything or unmatched) and not subject.table.new:
            yield Finding("merge", {"table": subject.name}, rows=subject.table.rows)
            return


RULE = Rule(
    "delete-without-where",
    "data_loss",
    "critical",
    ("DeleteStmt", "InsertStmt", "UpdateStmt", "SelectStmt", "MergeStmt", "ExplainStmt"),
    check,
    destructive=True,
    judges_new=True,
)
