"""Rows of the target that stand in the way of a plan, and values that it would change in silence.

A rehearsal on the structure alone cannot see them: they are looked for in the target, by read-only
queries under a time limit. What they ask is what PostgreSQL printed of the new constraints.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from vado.database import Identifier, Placeholders, PrintedExpression, Session, load_queries
from vado.errors import StatementFailed
from vado.operations import Job
from vado.schema import Catalogue, CatalogueObject, Change, plain_parts
from vado.sql import Node, parse_script

_QUERIES = load_queries("vado.preview")
_LIMIT_EACH = "3s"
_MOST = 50
_TRUNCATING = re.compile(r"(character varying|character|bit|bit varying)\(\d+\)")
_UNCHECKED = ("not_valid", "not_enforced")
_NOT_THERE = frozenset({"42P01", "42703", "42704", "42883", "3F000"})
_NO_WAY_BACK = frozenset({"42846"})
Kind = Literal[
    "null", "check", "foreign_key", "duplicate", "too_long", "not_convertible", "changed"
]


@dataclass(frozen=True, slots=True)
class Violation:
    """What the rows of a table have against a change; `identity` is the constraint or column.

    *changed* values do not stop the plan: they come out as others. `rows` is None where counting
    took too long, or the server gave up at the first (`samples` has then what it said). `samples`
    are up to three rows as the server prints them, each value cut at sixty characters.
    """

    identity: str
    table: str
    kind: Kind
    rows: int | None
    samples: tuple[Mapping[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it as plans show it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Question:
    """What to count in a table: rows where *condition* holds, or that share *keys*."""

    kind: Kind
    identity: str
    table: CatalogueObject
    shown: tuple[str, ...]
    condition: str
    keys: str | None = None


def find_violations(
    session: Session, before: Catalogue, after: Catalogue, changes: Sequence[Change], job: Job
) -> tuple[Violation, ...]:
    """Look in the target for rows that the plan would fail on, or change without a word."""
    questions = list(_questions(before, after, changes))[:_MOST]
    if questions:
        session.rows(_QUERIES["statement_timeout"], limit=_LIMIT_EACH)
    found = []
    for question in questions:
        job.check()
        answer = _asked(session, before, question)
        if answer is not None:
            found.append(answer)
    return tuple(found)


def _questions(
    before: Catalogue, after: Catalogue, changes: Sequence[Change]
) -> Iterator[_Question]:
    for change in changes:
        item = after.find(change.kind, change.new_identity or change.identity)
        table = before.find("table", item.parent) if item is not None and item.parent else None
        # What the plan made or renamed has no rows under that name yet.
        if item is None or table is None:
            continue
        if change.kind == "column" and change.action == "change":
            yield from _of_column(table, change)
        elif change.kind == "constraint" and change.action == "add":
            yield from _of_constraint(table, item)


def _of_column(table: CatalogueObject, change: Change) -> Iterator[_Question]:
    name = _quoted(plain_parts(change.identity)[-1])
    for detail in change.details:
        if detail.property == "nullable" and detail.after is False:
            yield _Question("null", change.identity, table, (name,), f"t.{name} IS NULL")
        elif detail.property == "type":
            before, after = str(detail.before), str(detail.after)
            # A cast that is written down cuts off, one by assignment refuses.
            kind: Kind = "too_long" if _TRUNCATING.fullmatch(after) else "changed"
            other = f"t.{name}::{after}::{before} IS DISTINCT FROM t.{name}"
            yield _Question(kind, change.identity, table, (name,), other)


def _of_constraint(table: CatalogueObject, item: CatalogueObject) -> Iterator[_Question]:
    definition = item.definition or ""
    node = _parsed(definition)
    # Those ask nothing of the rows that are there, or only what the parent's asks.
    if node is None or any(item.flag(name) for name in _UNCHECKED) or item.text("inherits_from"):
        return
    kind = node.enum("contype")
    if kind == "CONSTR_CHECK":
        expression = definition.removeprefix("CHECK ").removesuffix(" NO INHERIT")
        yield _Question("check", item.identity, table, (), f"NOT {expression}")
    elif kind == "CONSTR_FOREIGN":
        yield _foreign(table, item, node)
    elif kind in {"CONSTR_UNIQUE", "CONSTR_PRIMARY"}:
        keys = _names(node, "keys")
        condition = " AND ".join(f"t.{key} IS NOT NULL" for key in keys)
        listed = ", ".join(f"t.{key}" for key in keys)
        nulls = node.flag("nulls_not_distinct")
        if keys:  # by USING INDEX the index itself was built before
            yield _Question(
                "duplicate", item.identity, table, keys, "true" if nulls else condition, listed
            )


def _foreign(table: CatalogueObject, item: CatalogueObject, node: Node) -> _Question:
    own, other = _names(node, "fk_attrs"), _names(node, "pk_attrs")
    referenced = node.node("pktable")
    parts = [referenced.text("schemaname"), referenced.text("relname")] if referenced else []
    relation = ".".join(_quoted(part) for part in parts if part)
    present = " AND ".join(f"t.{name} IS NOT NULL" for name in own)
    same = " AND ".join(f"r.{b} = t.{a}" for a, b in zip(own, other, strict=False))
    missing = f"NOT EXISTS (SELECT FROM {relation} AS r WHERE {same})"
    return _Question("foreign_key", item.identity, table, own, f"{present} AND {missing}")


def _parsed(definition: str) -> Node | None:
    """Return the constraint as the parser has it."""
    script = parse_script(f"ALTER TABLE t ADD {definition}")
    if script.errors or not script.statements:
        return None
    found = (n for n in script.statements[0].node.walk() if n.kind == "Constraint")
    return next(found, None)


def _names(node: Node, field: str) -> tuple[str, ...]:
    return tuple(_quoted(name) for name in node.names(field))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _asked(session: Session, before: Catalogue, question: _Question) -> Violation | None:
    names: Placeholders = {
        "relation": Identifier(*plain_parts(question.table.identity)),
        "condition": PrintedExpression(question.condition),
        "keys": PrintedExpression(question.keys or "1"),
        "shown": PrintedExpression(_shown(before, question)),
    }
    suffix = "duplicates" if question.keys else "violations"
    try:
        rows = session.value(_QUERIES[f"count_{suffix}"], identifiers=names)
        if not rows:
            return None
        samples = session.rows(_QUERIES[f"sample_{suffix}"], identifiers=names)
    except StatementFailed as error:
        return _failed(question, error)
    told = tuple(row["sample"] for row in samples)
    return Violation(question.identity, question.table.identity, question.kind, rows, told)


def _failed(question: _Question, error: StatementFailed) -> Violation | None:
    state = str(error.details.get("sqlstate") or "")
    if state in _NOT_THERE or state in _NO_WAY_BACK or question.kind == "check":
        # It needs what the plan makes itself, or cannot be asked this way.
        return None
    if state.startswith("22"):
        said = ({"error": error.message},)
        return Violation(question.identity, question.table.identity, "not_convertible", None, said)
    return None


def _shown(before: Catalogue, question: _Question) -> str:
    """Return the expression for a sample: the primary key, and what is asked about."""
    table = question.table.identity
    keys = next(
        (
            c.texts("columns")
            for c in before.of_kind("constraint")
            if c.parent == table and c.text("type") == "primary_key"
        ),
        (),
    )
    if question.keys:
        columns: tuple[str, ...] = question.shown
    else:
        own = question.shown or _columns(before, table)
        columns = tuple(dict.fromkeys((*(_quoted(k) for k in keys), *own)))
    pairs = ", ".join(f"'{_literal(c)}', left(t.{c}::text, 60)" for c in columns[:8])
    return f"jsonb_build_object({pairs})"


def _columns(before: Catalogue, table: str) -> tuple[str, ...]:
    found = (c for c in before.of_kind("column") if c.parent == table)
    return tuple(_quoted(plain_parts(c.identity)[-1]) for c in found)


def _literal(quoted: str) -> str:
    return quoted[1:-1].replace('""', '"').replace("'", "''")
