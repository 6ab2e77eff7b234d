"""Dropping a schema with CASCADE deletes everything in it."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find schemas that the plan did not create; without CASCADE only an empty one goes."""
    for part, name in subject.objects():
        if subject.known.created("OBJECT_SCHEMA", name):
            continue
        params = {"schema": quoted(*name)}
        if subject.cascade:
            yield Finding("cascade", params, part)
        else:
            yield Finding("empty", params, part, "low", "compatibility", destructive=False)


RULE = Rule(
    "drop-schema",
    "data_loss",
    "critical",
    ("DropStmt.OBJECT_SCHEMA",),
    check,
    lock="ACCESS EXCLUSIVE",
    destructive=True,
)
