"""A constraint that is no longer enforced, or is enforced from now on."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find ENFORCED and NOT ENFORCED; the deferrable ones are settled in an instant."""
    change = subject.definition
    if not change.flag("alterEnforceability"):
        return
    params = {"table": subject.name, "constraint": quoted(change.text("conname"))}
    if change.flag("is_enforced"):
        yield Finding("enforced", params, level="high", category="lock", rows=subject.table.rows)
    else:
        yield Finding("not_enforced", params)


RULE = Rule(
    "alter-constraint",
    "integrity",
    "medium",
    ("AT_AlterConstraint",),
    check,
    lock="ACCESS EXCLUSIVE",
)
