"""Dropping a type breaks clients and functions that name it."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find types and domains that the plan did not create."""
    for part, name in subject.objects():
        if not subject.known.created("OBJECT_TYPE", name):
            yield Finding("type", {"type": quoted(*name)}, part)


RULE = Rule(
    "drop-type",
    "compatibility",
    "medium",
    ("DropStmt.OBJECT_TYPE", "DropStmt.OBJECT_DOMAIN"),
    check,
)
