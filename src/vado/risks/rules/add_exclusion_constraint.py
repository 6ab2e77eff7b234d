"""An exclusion constraint builds its index while nobody can use the table."""

from collections.abc import Iterator

from vado.risks.known import constraint_of
from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find every new exclusion constraint."""
    node = subject.definition
    if node.enum("contype") == "CONSTR_EXCLUSION":
        name = quoted(constraint_of(node, subject.table).name)
        yield Finding(
            "constraint", {"table": subject.name, "constraint": name}, rows=subject.table.rows
        )


RULE = Rule(
    "add-exclusion-constraint",
    "lock",
    "high",
    ("AT_AddConstraint",),
    check,
    lock="ACCESS EXCLUSIVE",
)
