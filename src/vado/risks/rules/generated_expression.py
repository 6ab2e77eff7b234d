"""A new expression rewrites the table; without one the column is no longer kept up to date."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find SET EXPRESSION and DROP EXPRESSION."""
    params = {"table": subject.name, "column": quoted(subject.column)}
    if subject.command is not None and subject.command.enum("subtype") == "AT_SetExpression":
        yield Finding("set", params, rows=subject.table.rows)
    else:
        yield Finding("drop", params, level="medium", category="compatibility")


RULE = Rule(
    "generated-expression",
    "rewrite",
    "high",
    ("AT_SetExpression", "AT_DropExpression"),
    check,
    lock="ACCESS EXCLUSIVE",
)
