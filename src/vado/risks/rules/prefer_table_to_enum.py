"""A value of an enum can be added, but never removed."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find new enum types."""
    yield Finding("type", {"type": quoted(*subject.node.names("typeName"))})


RULE = Rule(
    "prefer-table-to-enum",
    "compatibility",
    "low",
    ("CreateEnumStmt",),
    check,
    judges_new=True,
    optional=True,
)
