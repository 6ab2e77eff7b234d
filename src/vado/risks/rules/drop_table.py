"""Dropping a table deletes its rows for good."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find tables that the plan did not create."""
    foreign = subject.node.enum("removeType") == "OBJECT_FOREIGN_TABLE"
    for part, name in subject.objects():
        table = subject.known.named(name)
        missing = table.absent and subject.node.flag("missing_ok")
        if missing or (table.new and not table.present):
            continue
        unused = quoted(f"{name[-1]}_unused")
        params = {"table": quoted(*name), "unused": unused}
        if foreign:
            yield Finding("foreign", params, part, "medium", "compatibility", destructive=False)
        else:
            yield Finding("table", params, part, rows=table.rows)


RULE = Rule(
    "drop-table",
    "data_loss",
    "critical",
    ("DropStmt.OBJECT_TABLE", "DropStmt.OBJECT_FOREIGN_TABLE"),
    check,
    lock="ACCESS EXCLUSIVE",
    destructive=True,
)
