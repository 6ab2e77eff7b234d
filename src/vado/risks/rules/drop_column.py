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
    elif new_name := _likely_new_name(subject):
        yield Finding("renamed", params | {"new_name": quoted(new_name)}, rows=table.rows)
    else:
        yield Finding("column", params, rows=table.rows)


def _likely_new_name(subject: Subject) -> str:
    """Return the one column of the same type that the plan adds to the table, "" when none is."""
    old = subject.table.column(subject.column).type
    if old is None:
        return ""
    added = [name for name, kind in subject.later.columns(subject.table.name) if kind == old]
    return added[0] if len(added) == 1 else ""


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
