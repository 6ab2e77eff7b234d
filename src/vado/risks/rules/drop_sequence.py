"""Dropping a sequence loses the number it had reached."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find sequences that the plan did not create."""
    for part, name in subject.objects():
        if not subject.known.created("OBJECT_SEQUENCE", name):
            yield Finding("sequence", {"sequence": quoted(*name)}, part)


RULE = Rule(
    "drop-sequence",
    "data_loss",
    "high",
    ("DropStmt.OBJECT_SEQUENCE",),
    check,
    destructive=True,
)
