"""Dropping an attribute of a composite type deletes it from every stored value."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted, relation
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find attributes of types that the plan did not create."""
    if not subject.known.created("OBJECT_TYPE", tuple(filter(None, relation(subject.target)))):
        yield Finding("attribute", {"type": subject.name, "column": quoted(subject.column)})


RULE = Rule(
    "drop-attribute", "data_loss", "critical", ("TYPE_AT_DropColumn",), check, destructive=True
)
