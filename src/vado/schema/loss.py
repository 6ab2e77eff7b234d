"""Which changes destroy data.

Destructive is what cannot be had back from the database afterwards: rows, values, the place a
sequence had reached. A view, an index or a function can be made again from its text, so removing
one is not. A materialised view counts as data: it may hold a moment that is gone. A type change
is destructive unless it is known to keep every value: the list is short on purpose.
"""

import re

from vado.schema.model import CatalogueObject, Detail, Property

_DATA = frozenset({"schema", "table", "column", "sequence", "materialized_view"})

# Kinds whose drop and new creation under one name loses what they held.
HOLDING = _DATA | {"foreign_table"}

_TYPE = re.compile(
    r"(?P<name>[^(\[]+?)(?:\((?P<numbers>[\d,-]+)\))?(?P<rest> [a-z ]+)?(?P<array>(\[\])*)"
)

_NAME = re.compile(r'"(?:[^"]|"")*"|\S+')

_WIDER: dict[str, frozenset[str]] = {
    "smallint": frozenset({"integer", "bigint", "numeric", "real", "double precision"}),
    "integer": frozenset({"bigint", "numeric", "double precision"}),
    "bigint": frozenset({"numeric"}),
    "real": frozenset({"double precision"}),
    "character varying": frozenset({"text"}),
    "text": frozenset({"character varying"}),
    "date": frozenset({"timestamp without time zone", "timestamp with time zone"}),
    "timestamp without time zone": frozenset({"timestamp with time zone"}),
    "cidr": frozenset({"inet"}),
    "jsonb": frozenset({"json"}),
    "bit": frozenset({"bit varying"}),
}

# Their text holds all that the value holds.
_WRITABLE = frozenset(
    {"smallint", "integer", "bigint", "numeric", "boolean", "uuid", "inet", "cidr", "json", "jsonb"}
)
_MICROSECONDS = 6


def removal_destroys(item: CatalogueObject) -> bool:
    """Say whether data goes with this object."""
    return item.kind in _DATA


def change_destroys(kind: str, details: tuple[Detail, ...], *, in_place: bool) -> bool:
    """Say whether one of these changes loses data; *in_place* when it is the same object still."""
    return any(_destroys(kind, detail, in_place=in_place) for detail in details)


def _destroys(kind: str, detail: Detail, *, in_place: bool) -> bool:
    before, after = detail.before, detail.after
    if kind in {"column", "domain"} and detail.property == "type":
        return not keeps_values(str(before), str(after))
    if kind == "enum" and detail.property == "labels":
        # PostgreSQL cannot drop a label of a type that stays: it was only renamed.
        return not in_place and bool(_missing(before, after))
    if kind == "composite" and detail.property == "attributes":
        return bool(_missing(_names(before), _names(after)))
    return False


def _missing(before: Property, after: Property) -> set[str]:
    return set(before if isinstance(before, tuple) else ()) - set(
        after if isinstance(after, tuple) else ()
    )


def _names(attributes: Property) -> tuple[str, ...]:
    if not isinstance(attributes, tuple):
        return ()
    return tuple(found.group() for text in attributes if (found := _NAME.match(text)))


def keeps_values(before: str, after: str) -> bool:
    """Say whether every value of a type is surely kept by another, as `format_type` prints them."""
    one, other = _TYPE.fullmatch(before), _TYPE.fullmatch(after)
    if one is None or other is None or one["array"] != other["array"]:
        return before == after
    source, target = one["name"] + (one["rest"] or ""), other["name"] + (other["rest"] or "")
    if source == target:
        return _fits(source, _numbers(one["numbers"]), _numbers(other["numbers"]))
    if target == "text" or (target == "character varying" and not other["numbers"]):
        return source in _WRITABLE or source in {"character varying", "text"}
    return target in _WIDER.get(source, ()) and not other["numbers"]


def _numbers(text: str | None) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(",")) if text else ()


def _fits(name: str, before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    if not after:
        # No limit at all, except that `character` and `bit` alone mean a length of one.
        return name not in {"character", "bit"} or not before
    if name.startswith(("time", "interval")):
        return after[0] >= (before[0] if before else _MICROSECONDS)
    if not before:
        return False
    if name == "numeric":
        (digits, scale), (new_digits, new_scale) = _numeric(before), _numeric(after)
        return new_scale >= scale and new_digits - new_scale >= digits - scale
    return after[0] >= before[0] if name != "bit" else after == before


def _numeric(numbers: tuple[int, ...]) -> tuple[int, int]:
    return numbers[0], numbers[1] if len(numbers) > 1 else 0
