"""Changing a column's type may rewrite the table, and may cut its values."""

from collections.abc import Iterator

from vado.risks.column_types import ColumnType, may_lose_values, type_of, verdict
from vado.risks.model import Finding, Level, Rule
from vado.risks.names import quoted, relation
from vado.risks.subject import Subject
from vado.sql import Node

_LEVELS: dict[str, Level] = {"lossy": "critical"}
_LOSES = frozenset({"lossy", "timezone", "using"})


def check(subject: Subject) -> Iterator[Finding]:
    """Find every change but those that PostgreSQL makes without looking at a row."""
    if subject.node.enum("objtype") == "OBJECT_TYPE":
        yield from _attribute(subject)
        return
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
    if variant in {"harmless", "reindex"}:
        variant = _without_rewrite(subject, variant)
    if variant == "harmless":
        return
    yield Finding(
        variant,
        {**params, "old_type": str(old or "")},
        level=_LEVELS.get(variant),
        category="data_loss" if variant in _LOSES else "lock" if variant == "verify" else None,
        destructive=variant in _LOSES,
        rows=rows,
    )


def _attribute(subject: Subject) -> Iterator[Finding]:
    """Find attributes of types that tables use; refused, but for tables OF that type."""
    name = tuple(filter(None, relation(subject.target)))
    if subject.known.created("OBJECT_TYPE", name) or not subject.known.used("composite", name):
        return
    new_type = str(type_of(subject.definition.node("typeName")))
    params = {"type": subject.name, "column": quoted(subject.column), "new_type": new_type}
    yield Finding("attribute", params)


def _without_rewrite(subject: Subject, variant: str) -> str:
    """Say what a change that keeps the rows as they are still does while all wait."""
    table = subject.table
    rebuilds = table.indexed if variant == "reindex" else table.computes_from
    if rebuilds(subject.column) or (variant == "reindex" and not table.present):
        return "reindex"
    return "verify" if table.checks(subject.column) else "harmless"


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
    ("AT_AlterColumnType", "TYPE_AT_AlterColumnType"),
    check,
    lock="ACCESS EXCLUSIVE",
)
