"""Types of columns, and what changing one into another does to a table.

Every verdict here was seen on PostgreSQL 14 to 18: relfilenode before and after, and the server's
own debug messages.
"""

import re
from dataclasses import dataclass
from typing import Literal

from vado.risks.names import quoted
from vado.sql import Node

Verdict = Literal["harmless", "reindex", "timezone", "lossy", "may_fail", "rewrite"]

_SPELLINGS = {
    "int2": "smallint",
    "int4": "integer",
    "int": "integer",
    "int8": "bigint",
    "float4": "real",
    "float8": "double precision",
    "bool": "boolean",
    "varchar": "character varying",
    "bpchar": "character",
    "decimal": "numeric",
    "varbit": "bit varying",
    "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone",
    "time": "time without time zone",
    "timetz": "time with time zone",
}
_WRITTEN = re.compile(
    r"^(?P<head>[^(\[]+?)\s*(?:\((?P<mods>[^)]*)\))?(?P<tail>[^(\[]*)(?P<array>\[.*)?$"
)
_WHOLE = ("smallint", "integer", "bigint")
_STAMPS = ("timestamp without time zone", "timestamp with time zone")
_TEXTS = ("text", "character varying")
# Precision in a type of these only widens without touching a row.
_PRECISE = (*_STAMPS, "time without time zone", "time with time zone", "interval")
_BINARY_SAME = frozenset(
    {
        ("cidr", "inet"),
        ("xml", "text"),
        ("xml", "character varying"),
        ("oid", "regclass"),
        ("regclass", "oid"),
    }
)
# Stored the same way, but ordered or compared by other rules.
_REINDEX = frozenset(
    {
        ("text", "citext"),
        ("character varying", "citext"),
        ("citext", "text"),
        ("citext", "character varying"),
        ("integer", "oid"),
        ("integer", "regclass"),
        ("oid", "integer"),
        ("regclass", "integer"),
        ("bit", "bit varying"),
    }
)
_LOSSY = frozenset(
    {
        *(
            (source, target)
            for source in ("numeric", "real", "double precision")
            for target in _WHOLE
        ),
        ("double precision", "real"),
        ("numeric", "real"),
        ("numeric", "double precision"),
        ("double precision", "numeric"),
        ("integer", "real"),
        ("bigint", "real"),
        ("bigint", "double precision"),
        *((stamp, target) for stamp in _STAMPS for target in ("date", *_PRECISE[2:4])),
        ("time with time zone", "time without time zone"),
        ("json", "jsonb"),
        ("inet", "cidr"),
        ("character", "text"),
        ("character", "character varying"),
        ("text", "character"),
        ("character varying", "character"),
        *((source, "money") for source in ("numeric", "real", "double precision")),
        *(
            (source, target)
            for source in ("text", "character varying")
            for target in ("name", '"char"')
        ),
        *(("interval", target) for target in _PRECISE[2:4]),
        *((source, "boolean") for source in _WHOLE),
    }
)


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A type by PostgreSQL's long name, with its modifiers (`numeric`, (10, 2))."""

    name: str
    modifiers: tuple[int, ...] = ()
    array: bool = False

    def __str__(self) -> str:
        inside = f"({', '.join(map(str, self.modifiers))})" if self.modifiers else ""
        head, _, tail = self.name.partition(" ")
        spelled = f"{head}{inside} {tail}" if head in {"timestamp", "time"} else self.name + inside
        return spelled.strip() + ("[]" if self.array else "")


def type_of(node: Node | None) -> ColumnType:
    """Return the type that a TypeName spells."""
    if node is None:
        return ColumnType("")
    names = [name for name in node.names("names") if name != "pg_catalog"]
    name = _SPELLINGS.get(names[0], names[0]) if len(names) == 1 else quoted(*names)
    modifiers = _modifiers(node)
    # The first modifier of an interval is a mask of its fields; precision alone is the second.
    if name == "interval":
        modifiers = modifiers[1:]
    return ColumnType(name, modifiers, bool(node.nodes("arrayBounds")) or node.has("arrayBounds"))


def _modifiers(node: Node) -> tuple[int, ...]:
    if not node.has("typmods"):
        return ()
    values = (modifier.node("ival") for modifier in node.nodes("typmods"))
    return tuple(value.number("ival") for value in values if value is not None)


def type_named(text: str) -> ColumnType:
    """Return the type that the server prints as *text* (`timestamp(3) without time zone`)."""
    match = _WRITTEN.match(text.strip())
    if match is None:
        return ColumnType(text)
    name = f"{match['head']}{match['tail'] or ''}".strip()
    modifiers = tuple(int(m) for m in (match["mods"] or "").split(",") if m.strip().isdigit())
    return ColumnType(_SPELLINGS.get(name, name), modifiers, match["array"] is not None)


def verdict(old: ColumnType, new: ColumnType, *, cast: bool = False) -> Verdict:
    """Say what changing *old* into *new* does; a *cast* in USING cuts where it would else fail."""
    old, new = _beside(old, new), _beside(new, old)
    if old == new:
        return "harmless"
    if old.array or new.array:
        return _arrays(old, new)
    if old.name == new.name:
        return _same_name(old, new, cast=cast)
    if old.name in _TEXTS and new.name in _TEXTS:
        return _length(_limit(old), _limit(new), cast=cast)
    if {old.name, new.name} == set(_STAMPS):
        return "timezone"
    return _different(old, new)


def _beside(one: ColumnType, other: ColumnType) -> ColumnType:
    """Return *one* without its schema, unless both types say theirs and they differ."""
    schema, _, name = one.name.rpartition(".")
    other_schema = other.name.rpartition(".")[0]
    if not schema or (other_schema and other_schema != schema):
        return one
    return ColumnType(name, one.modifiers, one.array)


def _arrays(old: ColumnType, new: ColumnType) -> Verdict:
    if old.array != new.array:
        return "rewrite"
    elements = verdict(ColumnType(old.name, old.modifiers), ColumnType(new.name, new.modifiers))
    if elements == "harmless" and (old.name != new.name or new.modifiers):
        # Elements that need no work are still looked at one by one, unless nothing limits them.
        return "rewrite"
    return elements


def _same_name(old: ColumnType, new: ColumnType, *, cast: bool) -> Verdict:
    match old.name:
        case "character varying" | "bit varying":
            return _length(_limit(old), _limit(new), cast=cast)
        case "numeric":
            return _numeric(old, new)
        case name if name in _PRECISE:
            return "harmless" if _precision(new) >= _precision(old) else "lossy"
        case "character" if _limit(new) < _limit(old):
            return "lossy" if cast else "may_fail"
    return "rewrite"


def _length(old: float, new: float, *, cast: bool) -> Verdict:
    if new >= old:
        return "harmless"
    return "lossy" if cast else "may_fail"


def _numeric(old: ColumnType, new: ColumnType) -> Verdict:
    if not new.modifiers:
        return "harmless"
    if not old.modifiers:
        return "lossy"
    old_scale, new_scale = _scale(old), _scale(new)
    if new_scale < old_scale:
        return "lossy"
    if new_scale == old_scale and new.modifiers[0] >= old.modifiers[0]:
        return "harmless"
    whole_digits = new.modifiers[0] - new_scale >= old.modifiers[0] - old_scale
    return "rewrite" if whole_digits else "may_fail"


def _different(old: ColumnType, new: ColumnType) -> Verdict:
    names = (old.name, new.name)
    if names in _LOSSY:
        return "lossy"
    if _shrinks(*names) or (old.name in {*_TEXTS, "citext"} and names not in _REINDEX):
        return "may_fail"
    # A limit on what had none must be checked in every row.
    if new.modifiers:
        return "rewrite"
    if names in _BINARY_SAME:
        return "harmless"
    return "reindex" if names in _REINDEX else "rewrite"


def _shrinks(old: str, new: str) -> bool:
    return old in _WHOLE and new in _WHOLE and _WHOLE.index(new) < _WHOLE.index(old)


def _limit(column: ColumnType) -> float:
    return column.modifiers[0] if column.modifiers else float("inf")


def _precision(column: ColumnType) -> int:
    return column.modifiers[0] if column.modifiers else 6


def _scale(column: ColumnType) -> int:
    return column.modifiers[1] if len(column.modifiers) > 1 else 0


def may_lose_values(new: ColumnType) -> bool:
    """Say whether some type changes into *new* cutting its values without an error."""
    return (
        new.name in {"smallint", "integer", "real", "date", "character"}
        or new.name.startswith("time ")
        or (new.name in {"numeric", *_PRECISE} and bool(new.modifiers))
    )
