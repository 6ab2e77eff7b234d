"""SET NOT NULL reads the whole table while nobody can use it, unless a constraint proves it."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject

_NOT_VALID_SINCE = 18


def check(subject: Subject) -> Iterator[Finding]:
    """Find columns for which no validated constraint excludes NULL."""
    column = subject.column
    if subject.definition.kind == "Constraint":
        if subject.definition.enum("contype") != "CONSTR_NOTNULL":
            return
        if subject.definition.flag("skip_validation"):
            return
        column = "".join(subject.definition.names("keys"))
    if subject.table.foreign or subject.table.proves_not_null(column):
        return
    variant = "not_valid" if subject.version >= _NOT_VALID_SINCE else "check"
    params = {
        "table": subject.name,
        "column": quoted(column),
        "constraint": quoted(f"{subject.table.name}_{column}_not_null"),
    }
    yield Finding(variant, params, rows=subject.table.rows)


RULE = Rule(
    "set-not-null",
    "lock",
    "high",
    ("AT_SetNotNull", "AT_AddConstraint"),
    check,
    lock="ACCESS EXCLUSIVE",
)
