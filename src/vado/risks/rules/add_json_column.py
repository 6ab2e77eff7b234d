"""json has no equality, so SELECT DISTINCT over the table begins to fail."""

from collections.abc import Iterator

from vado.risks.column_types import type_of
from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find new columns of type json."""
    if type_of(subject.definition.node("typeName")).name == "json":
        column = quoted(subject.definition.text("colname"))
        yield Finding("column", {"table": subject.name, "column": column})


RULE = Rule("add-json-column", "compatibility", "low", ("AT_AddColumn",), check)
