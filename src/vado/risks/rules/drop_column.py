"""Dropping a column deletes its values for good."""

from collections.abc import Iterator

from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject

# From here on a generated column stands in the way of dropping its base, before it went silently.
_REFUSES_DEPENDENT_GENERATED = 15


def check(subject: Subject) -> Iterator[Finding]:
    """Find columns that the plan did not add; the values of generated ones can be made again."""
    table, column = subject.table, subject.table.column(subject.column)
    if column.new or _missing(subject):
        return
    params = {"table": subject.name, "column": quoted(subject.column)}
    if column.generated or table.foreign:
        variant = "foreign" if table.foreign else "generated"
        yield Finding(variant, params, level="medium", category="compatibility", destructive=False)
    elif subject.version < _REFUSES_DEPENDENT_GENERATED and not subject.cascade:
        yield Finding("silent_generated", params, rows=table.rows)
    else:
        yield Finding("column", params, rows=table.rows)


def _missing(subject: Subject) -> bool:
    command = subject.command
    unknown = subject.table.present and subject.column not in subject.table.columns
    return unknown and command is not None and command.flag("missing_ok")


RULE = Rule(
    "drop-column",
    "data_loss",
    "critical",
    ("AT_DropColumn",),
    check,
    lock="ACCESS EXCLUSIVE",
    destructive=True,
)
