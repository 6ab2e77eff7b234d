"""A new CHECK reads the whole table while nobody can use it."""

from collections.abc import Iterator

from vado.risks.definitions import constraint_body, group_after
from vado.risks.known import constraint_of
from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject
from vado.sql import Node


def check(subject: Subject) -> Iterator[Finding]:
    """Find CHECK without NOT VALID, also the one written with a new column."""
    if subject.table.foreign:
        return
    if subject.definition.kind == "Constraint":
        yield from _finding(subject, subject.definition, "", constraint_body(subject.source))
    column = subject.definition.text("colname")
    for constraint in subject.definition.nodes("constraints"):
        body = f"check {group_after(subject.source, 'check')}"
        yield from _finding(subject, constraint, column, body)


def _finding(subject: Subject, node: Node, column: str, body: str) -> Iterator[Finding]:
    if node.enum("contype") != "CONSTR_CHECK" or node.flag("skip_validation"):
        return
    params = {
        "table": subject.name,
        "column": quoted(column) if column else "",
        "constraint": quoted(constraint_of(node, subject.table, column).name),
        "definition": body,
    }
    yield Finding("column" if column else "constraint", params, rows=subject.table.rows)


RULE = Rule(
    "add-check-constraint",
    "lock",
    "high",
    ("AT_AddConstraint", "AT_AddColumn"),
    check,
    lock="ACCESS EXCLUSIVE",
)
