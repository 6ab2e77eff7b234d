"""A trigger on an existing table runs with every write from now on."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find triggers on tables that the plan did not create."""
    params = {"table": subject.name, "trigger": quoted(subject.node.text("trigname"))}
    yield Finding("trigger", params)


RULE = Rule(
    "create-trigger",
    "compatibility",
    "low",
    ("CreateTrigStmt",),
    check,
    lock="SHARE ROW EXCLUSIVE",
)
