"""While triggers are disabled, foreign keys and the rules they enforce are not checked."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject

_RULES = frozenset({"AT_DisableRule"})


def check(subject: Subject) -> Iterator[Finding]:
    """Find DISABLE TRIGGER or RULE, and sessions that play the replica."""
    node = subject.node
    if node.kind == "VariableSetStmt":
        values = [constant.node("sval") for constant in node.nodes("args")]
        replica = any(value is not None and value.text("sval") == "replica" for value in values)
        if node.text("name").lower() == "session_replication_role" and replica:
            yield Finding("session")
    elif node.kind == "AlterEventTrigStmt":
        if node.text("tgenabled") == "D":
            yield Finding("event", {"trigger": quoted(node.text("trigname"))})
    elif subject.command is not None:
        params = {"table": subject.name, "trigger": quoted(subject.column)}
        subtype = subject.command.enum("subtype")
        named = "rule" if subtype in _RULES else "trigger"
        yield Finding(named if subject.column else "all", params)


RULE = Rule(
    "disable-trigger",
    "integrity",
    "high",
    (
        "AT_DisableTrig",
        "AT_DisableTrigAll",
        "AT_DisableTrigUser",
        "AT_DisableRule",
        "VariableSetStmt",
        "AlterEventTrigStmt",
    ),
    check,
)
