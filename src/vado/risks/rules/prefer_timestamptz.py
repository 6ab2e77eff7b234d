"""A timestamp without time zone is a different moment in every place."""

from collections.abc import Iterator

from vado.risks.columns import new_columns
from vado.risks.model import Finding, Rule
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find columns of type timestamp without time zone."""
    for _, kind, params in new_columns(subject):
        if kind.name == "timestamp without time zone":
            yield Finding("column", {**params, "type": str(kind)})


RULE = Rule(
    "prefer-timestamptz",
    "compatibility",
    "low",
    ("CreateStmt", "AT_AddColumn"),
    check,
    judges_new=True,
    optional=True,
)
