"""The columns that a statement defines, for the rules about how they are spelt."""

from collections.abc import Iterator

from vado.risks.column_types import ColumnType, type_of
from vado.risks.model import Params
from vado.risks.names import quoted
from vado.risks.subject import Subject
from vado.sql import Node

SERIALS = frozenset({"smallserial", "serial2", "serial", "serial4", "bigserial", "serial8"})


def new_columns(subject: Subject) -> Iterator[tuple[Node, ColumnType, Params]]:
    """Yield each column of CREATE TABLE or ADD COLUMN with its type, and table and column."""
    single = (subject.definition,) if subject.command is not None else ()
    for column in single or subject.node.nodes("tableElts"):
        name = column.text("colname")
        if column.node("typeName") is not None and name:
            yield (
                column,
                type_of(column.node("typeName")),
                {"table": subject.name, "column": quoted(name)},
            )
