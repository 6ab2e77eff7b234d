"""Dropping a trigger or rule ends what it enforced."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find triggers that the plan did not create; one that is created again is only replaced."""
    kind = subject.node.enum("removeType")
    for part, name in subject.objects():
        if subject.known.created(kind, name) or _table_is_new(subject, name):
            continue
        params = {"trigger": quoted(name[-1]), "table": quoted(*name[:-1])}
        if kind == "OBJECT_EVENT_TRIGGER":
            yield Finding("event", params, part)
        elif subject.later.creates(kind, name[-1]):
            yield Finding("replaced", params, part, "low")
        else:
            yield Finding("trigger", params, part)


def _table_is_new(subject: Subject, name: tuple[str, ...]) -> bool:
    return len(name) > 1 and subject.known.named(name[:-1]).new


RULE = Rule(
    "drop-trigger",
    "integrity",
    "medium",
    ("DropStmt.OBJECT_TRIGGER", "DropStmt.OBJECT_EVENT_TRIGGER", "DropStmt.OBJECT_RULE"),
    check,
    lock="ACCESS EXCLUSIVE",
)
