"""A trigger or rule on an existing table runs with every write from now on."""

from collections.abc import Iterator

from vado.risks.model import Finding, Lock, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find triggers and rules on tables that the plan did not create, and event triggers."""
    node = subject.node
    if node.kind == "CreateEventTrigStmt":
        yield Finding("event", {"trigger": quoted(node.text("trigname"))})
        return
    rule = node.kind == "RuleStmt"
    params = {
        "table": subject.name,
        "trigger": quoted(node.text("rulename" if rule else "trigname")),
    }
    yield Finding("rule" if rule else "trigger", params, lock=_LOCK_OF_RULE if rule else None)


_LOCK_OF_RULE: Lock = "ACCESS EXCLUSIVE"

RULE = Rule(
    "create-trigger",
    "compatibility",
    "low",
    ("CreateTrigStmt", "RuleStmt", "CreateEventTrigStmt"),
    check,
    lock="SHARE ROW EXCLUSIVE",
)
