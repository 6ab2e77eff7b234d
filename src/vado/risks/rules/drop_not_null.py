"""DROP NOT NULL lets NULL reach clients that never met it."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find columns that others may rely on."""
    column = subject.table.column(subject.column)
    nullable = subject.table.present and column.type is not None and not column.not_null
    if not (column.new or nullable):
        yield Finding("column", {"table": subject.name, "column": quoted(subject.column)})


RULE = Rule("drop-not-null", "compatibility", "low", ("AT_DropNotNull",), check)
