"""Dropping a view breaks what reads it."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find views that the plan did not create; one that is created again is only replaced."""
    kind = subject.node.enum("removeType")
    for part, name in subject.objects():
        view = subject.known.named(name)
        if (view.new and not view.present) or (view.absent and subject.node.flag("missing_ok")):
            continue
        params = {"view": quoted(*name)}
        if subject.later.creates(kind, name[-1]):
            yield Finding("replaced", params, part, "low")
        else:
            yield Finding("materialized" if kind == "OBJECT_MATVIEW" else "view", params, part)


RULE = Rule(
    "drop-view",
    "compatibility",
    "medium",
    ("DropStmt.OBJECT_VIEW", "DropStmt.OBJECT_MATVIEW"),
    check,
    lock="ACCESS EXCLUSIVE",
)
