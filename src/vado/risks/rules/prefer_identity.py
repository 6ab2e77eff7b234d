"""A serial is a default on a sequence of its own, with rights and ownership of its own."""

from collections.abc import Iterator

from vado.risks.columns import SERIALS, new_columns
from vado.risks.model import Finding, Rule
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find serial columns."""
    for _, kind, params in new_columns(subject):
        if kind.name in SERIALS:
            yield Finding("column", {**params, "type": str(kind)})


RULE = Rule(
    "prefer-identity",
    "compatibility",
    "low",
    ("CreateStmt", "AT_AddColumn"),
    check,
    judges_new=True,
    optional=True,
)
