"""The limit of a varchar(n) can only be lowered by reading the table."""

from collections.abc import Iterator

from vado.risks.columns import new_columns
from vado.risks.model import Finding, Rule
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find columns of type varchar(n)."""
    for _, kind, params in new_columns(subject):
        if kind.name == "character varying" and kind.modifiers:
            yield Finding("column", {**params, "type": str(kind)})


RULE = Rule(
    "prefer-text-to-varchar",
    "compatibility",
    "low",
    ("CreateStmt", "AT_AddColumn"),
    check,
    judges_new=True,
    optional=True,
)
