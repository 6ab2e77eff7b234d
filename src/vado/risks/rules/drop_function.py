"""Dropping a function breaks what calls it."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find functions that the plan did not create; one that is created again is only replaced."""
    for part, name in subject.objects():
        if subject.known.created("OBJECT_FUNCTION", name):
            continue
        params = {"function": quoted(*name)}
        if subject.later.creates("OBJECT_FUNCTION", name[-1]):
            yield Finding("replaced", params, part, "low")
        else:
            yield Finding("function", params, part)


RULE = Rule(
    "drop-function",
    "compatibility",
    "medium",
    (
        "DropStmt.OBJECT_FUNCTION",
        "DropStmt.OBJECT_PROCEDURE",
        "DropStmt.OBJECT_AGGREGATE",
        "DropStmt.OBJECT_ROUTINE",
    ),
    check,
)
