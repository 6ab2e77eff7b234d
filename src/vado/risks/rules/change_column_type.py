"""Changing a column's type may rewrite the table, and may cut its values."""

from collections.abc import Iterator

from vado.risks.column_types import ColumnType, may_lose_values, type_of, verdict
from vado.risks.model import Finding, Level, Rule
from vado.risks.names import quoted
from vado.risks.subject import Subject
from vado.sql import Node

_LEVELS: dict[str, Level] = {"lossy": "critical"}
_LOSES = frozenset({"lossy", "timezone", "using"})


def check(subject: Subject) -> Iterator[Finding]:
    """Find every change but those that PostgreSQL makes without looking at a row."""
    if subject.table.foreign:
        return
    old = subject.table.column(subject.column).type
    new = type_of(subject.definition.node("typeName"))
    params = {
        "table": subject.name,
        "column": quoted(subject.column),
        "column_new": quoted(f"{subject.column}_new"),
        "column_old": quoted(f"{subject.column}_old"),
        "new_type": str(new),
    }
    rows = subject.table.rows
    variant = "unknown" if old is None else _variant(subject, old, new)
    if old is None and _using(subject) == "expression":
        variant = "using"
    elif old is None:
        loses = may_lose_values(new) or (_using(subject) == "cast" and bool(new.modifiers))
        yield Finding("unknown", params, destructive=loses, rows=rows)
        return
    if variant == "harmless" or (variant == "reindex" and not _indexed(subject)):
        return
    yield Finding(
        variant,
        {**params, "old_type": str(old or "")},
        level=_LEVELS.get(variant),
        category="data_loss" if variant in _LOSES else None,
        destructive=variant in _LOSES,
        rows=rows,
    )


def _indexed(subject: Subject) -> bool:
    return not subject.table.present or subject.table.indexed(subject.column)


def _variant(subject: Subject, old: ColumnType, new: ColumnType) -> str:
    known = subject.known
    using = _using(subject)
    if using == "expression":
        return "using"
    if using == "time zone":
        return "rewrite"
    if old == new and subject.definition.has("collClause"):
        return "reindex"
    if known.constrained_domain(tuple(new.name.split("."))) and old != new:
        return "rewrite"
    found = verdict(known.base_type(old), known.base_type(new), cast=using == "cast")
    if found == "timezone" and known.utc:
        return "reindex" if new.name == "timestamp with time zone" else "harmless"
    return found


def _using(subject: Subject) -> str:
    """Say what USING does: nothing, a plain cast, a time zone, or something of its own."""
    expression = subject.definition.node("raw_default")
    if expression is None or _is_column(expression, subject.column):
        return ""
    if expression.kind == "FuncCall" and expression.names("funcname")[-1] == "timezone":
        return "time zone"
    target = type_of(subject.definition.node("typeName"))
    while expression.kind == "TypeCast" and (inner := expression.node("arg")) is not None:
        if type_of(expression.node("typeName")).name != target.name:
            return "expression"
        expression = inner
    return "cast" if _is_column(expression, subject.column) else "expression"


def _is_column(expression: Node, column: str) -> bool:
    return expression.kind == "ColumnRef" and expression.names("fields")[-1:] == (column,)


RULE = Rule(
    "change-column-type",
    "rewrite",
    "high",
    ("AT_AlterColumnType",),
    check,
    lock="ACCESS EXCLUSIVE",
)
