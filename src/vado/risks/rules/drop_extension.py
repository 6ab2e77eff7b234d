"""Dropping an extension removes its functions and types."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find extensions that the plan did not create."""
    for part, name in subject.objects():
        if not subject.known.created("OBJECT_EXTENSION", name):
            yield Finding("extension", {"extension": quoted(*name)}, part)


RULE = Rule("drop-extension", "compatibility", "medium", ("DropStmt.OBJECT_EXTENSION",), check)
