"""A new UNIQUE or PRIMARY KEY builds its index while nobody can use the table."""

from collections.abc import Iterator

from vado.risks.known import constraint_of
from vado.risks.model import Finding, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject
from vado.sql import Node

_WORDS = {"CONSTR_UNIQUE": "unique", "CONSTR_PRIMARY": "primary key"}


def check(subject: Subject) -> Iterator[Finding]:
    """Find those without USING INDEX, and a primary key whose columns may still hold NULL."""
    nodes = [subject.definition] if subject.definition.kind == "Constraint" else []
    column = subject.definition.text("colname")
    for node in (*nodes, *subject.definition.nodes("constraints")):
        kind = _WORDS.get(node.enum("contype"))
        if kind is not None:
            yield from _finding(subject, node, kind, column)


def _finding(subject: Subject, node: Node, kind: str, column: str) -> Iterator[Finding]:
    table = subject.table
    columns = node.names("keys") or ((column,) if column else ())
    name = constraint_of(node, table, column).name
    params = {
        "table": subject.name,
        "columns": ", ".join(quoted(key) for key in columns),
        "constraint": quoted(name),
        "index": quoted(name),
        "kind": kind,
    }
    if index := node.text("indexname"):
        yield from _using_index(subject, kind, index, params)
    else:
        yield Finding("column" if column else "constraint", params, rows=table.rows)


def _using_index(
    subject: Subject, kind: str, index: str, params: dict[str, str]
) -> Iterator[Finding]:
    """Only a primary key looks at the rows again, for columns that are not proven."""
    found = subject.table.indexes.get(index)
    columns = found.columns if found is not None else ()
    proven = bool(columns) and all(subject.table.proves_not_null(column) for column in columns)
    if kind == "primary key" and subject.table.present and not proven:
        params |= {"index": quoted(index), "columns": ", ".join(map(quoted, columns))}
        yield Finding("nullable", params, rows=subject.table.rows)


RULE = Rule(
    "add-unique-or-primary-key",
    "lock",
    "high",
    ("AT_AddConstraint", "AT_AddColumn"),
    check,
    lock="ACCESS EXCLUSIVE",
)
