"""char(n) pads with blanks, and ignores them when it compares."""

from collections.abc import Iterator

from vado.risks.columns import new_columns
from vado.risks.model import Finding, Rule
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find columns of type char(n)."""
    for _, kind, params in new_columns(subject):
        if kind.name == "character":
            yield Finding("column", {**params, "type": str(kind)})


RULE = Rule(
    "prefer-text-to-char",
    "compatibility",
    "low",
    ("CreateStmt", "AT_AddColumn"),
    check,
    judges_new=True,
    optional=True,
)
