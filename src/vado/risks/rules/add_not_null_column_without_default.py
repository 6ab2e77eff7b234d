"""A NOT NULL column without a default cannot be added to a table that has rows."""

from collections.abc import Iterator

from vado.risks.column_types import type_of
from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject

_FILLED = frozenset({"CONSTR_DEFAULT", "CONSTR_IDENTITY", "CONSTR_GENERATED"})
_REQUIRED = frozenset({"CONSTR_NOTNULL", "CONSTR_PRIMARY"})


def check(subject: Subject) -> Iterator[Finding]:
    """Find NOT NULL and PRIMARY KEY columns that nothing fills, in a new table once it has rows."""
    if subject.table.new and not subject.table.filled:
        return
    kinds = {item.enum("contype") for item in subject.definition.nodes("constraints")}
    type_node = subject.definition.node("typeName")
    serial = type_node is not None and "serial" in type_node.names("names")[-1]
    if kinds & _REQUIRED and not kinds & _FILLED and not serial:
        column = type_of(type_node)
        params = {
            "table": subject.name,
            "column": quoted(subject.definition.text("colname")),
            "type": str(column),
        }
        yield Finding("column", params, rows=subject.table.rows)


RULE = Rule(
    "add-not-null-column-without-default",
    "integrity",
    "high",
    ("AT_AddColumn",),
    check,
    lock="ACCESS EXCLUSIVE",
    judges_new=True,
)
