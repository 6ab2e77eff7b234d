"""A renamed enum value breaks everything that still writes or compares the old one."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find RENAME VALUE on types that the plan did not create."""
    node = subject.node
    name = node.names("typeName")
    if node.text("oldVal") and not subject.known.created("OBJECT_TYPE", name):
        params = {
            "type": quoted(*name),
            "value": node.text("oldVal"),
            "new_value": node.text("newVal"),
        }
        yield Finding("value", params)


RULE = Rule("alter-enum-rename-value", "compatibility", "medium", ("AlterEnumStmt",), check)
