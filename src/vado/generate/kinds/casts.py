"""From one type to another with the rows: the expression for ALTER COLUMN ... TYPE ... USING."""

import re

_NUMBERS = frozenset({"smallint", "integer", "bigint", "numeric", "real", "double precision"})
_ASSIGNED = frozenset({"text", "character varying", "character"})
_TEXTS = frozenset({"text", "character varying", "character", '"char"', "name", "citext"})
_MOMENTS = frozenset({"date", "timestamp without time zone", "timestamp with time zone"})
_NETWORK = frozenset({"inet", "cidr"})
_JSON = frozenset({"json", "jsonb"})
_BITS = frozenset({"bit", "bit varying"})
_FAMILIES = (_NUMBERS, _MOMENTS, _NETWORK, _JSON, _BITS)
_LENGTH = re.compile(r"\(\d+(,-?\d+)?\)")


def base(type_: str) -> str:
    """Return the type without its length: `numeric` of `numeric(10,2)`."""
    return _LENGTH.sub("", type_)


def conversion(column: str, old: str, new: str, *, by_text: bool = False) -> str | None:
    """Return the expression that turns a value of *old* into one of *new*.

    None where PostgreSQL does it by itself. *by_text*: the two types have one name, and values of
    one become values of the other by what they are called.
    """
    if by_text:
        return f"{column}::text{_brackets(new)}::{new}"
    one, other = base(old).removesuffix("[]"), base(new).removesuffix("[]")
    if one == other and _brackets(old) == _brackets(new):
        return None
    if _brackets(old) != _brackets(new):
        return _with_or_without_list(column, old, new)
    if other in _ASSIGNED or any({one, other} <= family for family in _FAMILIES):
        # An assignment refuses what is too long; a cast would cut it off.
        return None
    if one in _TEXTS or other in _TEXTS:
        return f"{column}::{new}"
    return _between_families(column, one, other, new)


def _brackets(type_: str) -> str:
    return "[]" if type_.endswith("[]") else ""


def _with_or_without_list(column: str, old: str, new: str) -> str:
    """Make one value a list and the other way round; a text may be the text of a whole list."""
    listed = f"WHEN {column} IS NOT NULL THEN ARRAY[{column}]::{new} END"
    if not _brackets(old):
        written = f"WHEN {column} LIKE '{{%}}' THEN {column}::{new} " if base(old) in _TEXTS else ""
        return f"CASE {written}{listed}"
    # Of several none is dropped: together they are a text, and no value of another type.
    first = f"{column}[array_lower({column}, 1)]::{new}"
    return f"CASE WHEN cardinality({column}) <= 1 THEN {first} ELSE {column}::text::{new} END"


def _between_families(column: str, one: str, other: str, new: str) -> str:
    if one == "boolean" and other in _NUMBERS:
        return f"{column}::integer::{new}"
    if one in _NUMBERS and other == "boolean":
        return f"{column} <> 0"
    if one in _NUMBERS and other in _MOMENTS:
        # The only reading there is for a number: seconds since 1970.
        return f"to_timestamp({column}::double precision)::{new}"
    if one in _MOMENTS and other in _NUMBERS:
        return f"extract(epoch FROM {column})::{new}"
    return f"{column}::text{_brackets(new)}::{new}"
