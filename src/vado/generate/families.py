"""Partitions and their wholes: who belongs to whom, and which rows may have to move."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from vado.generate.model import Key
from vado.generate.sides import Side

_WATCHING = frozenset({"trigger", "rule"})


@dataclass(frozen=True, slots=True)
class Carried:
    """Rows of a table that is dropped and made again, on their way into what it becomes.

    They go in by `target`, the whole that the table is then a part of, so that each gets to the
    partition it belongs to. `members` are the tables that go, with all that were parts of the
    table; `detached` those that first become tables of their own, with their rows. `loosened` goes
    before any row is on the way, and comes back behind the last one.
    """

    source: str
    target: str
    members: frozenset[str]
    detached: frozenset[str]
    loosened: frozenset[Key]


class Families:
    """The partitioned tables of one side."""

    def __init__(self, side: Side) -> None:
        self._wholes: dict[str, str] = {}
        self._parts: dict[str, list[str]] = {}
        for (kind, table), item in side.objects.items():
            if kind == "attachment" and (whole := item.text("of")):
                self._wholes[table] = whole
                self._parts.setdefault(whole, []).append(table)

    def top(self, table: str) -> str:
        """Return the whole that a table is part of by however many steps, or the table itself."""
        while table in self._wholes:
            table = self._wholes[table]
        return table

    def members(self, table: str) -> Iterator[str]:
        """Yield the table and all its parts."""
        yield table
        for part in self._parts.get(table, ()):
            yield from self.members(part)


def beside_new(before: Side, after: Side, added: Iterable[Key]) -> frozenset[str]:
    """Return the default partitions that may hold rows of partitions that come beside them."""
    wholes = {after.objects[key].text("of") for key in added if key[0] == "attachment"}
    return frozenset(
        key[1]
        for key, item in before.objects.items()
        if key[0] == "attachment" and item.definition == "DEFAULT" and item.text("of") in wholes
        if key in after.objects and ("table", key[1]) in after.objects
    )


def watchers(before: Side, after: Side, tables: Iterable[str]) -> frozenset[Key]:
    """Return what rows that come must not meet on tables that stay."""
    found = set()
    for name in tables:
        own = before.belongings.get(("table", name), ())
        users = (before.used_by.get(key, frozenset()) for key in (("table", name), *own))
        for key in frozenset(own).union(*users):
            item = before.objects[key]
            watches = key[0] in _WATCHING or item.text("type") == "foreign_key"
            if watches and key in after.objects and not before.is_inherited(item):
                found.add(key)
    return frozenset(found)


def fits(old: str, new: str) -> bool:
    """Say whether all rows of a partition are sure to be within its new bound."""
    one, other = _Bound.read(old), _Bound.read(new)
    return one is not None and other is not None and other.holds(one)


_BOUND = re.compile(
    r"FOR VALUES (?:IN \((?P<list>.*)\)|FROM \((?P<low>.*)\) TO \((?P<high>.*)\)"
    r"|WITH \(modulus (?P<modulus>\d+), remainder (?P<remainder>\d+)\))",
    re.DOTALL,
)
_VALUE = re.compile(r"(?:'(?:[^']|'')*'|[^',]+)")
_DAY = re.compile(r"'\d{4}-\d\d-\d\d(?: [\d:.+-]+)?'")
_NUMBER = re.compile(r"'?-?\d+(?:\.\d+)?'?")
_ENDS = {"MINVALUE": 0, "MAXVALUE": 2}

_Place = tuple[int, Decimal | str]


@dataclass(frozen=True, slots=True)
class _Bound:
    values: frozenset[str] | None = None
    span: tuple[tuple[_Place, ...], tuple[_Place, ...]] | None = None
    share: tuple[int, int] | None = None
    rest: bool = False

    @classmethod
    def read(cls, text: str) -> "_Bound | None":
        if text == "DEFAULT":
            return cls(rest=True)
        found = _BOUND.fullmatch(text)
        if found is None:
            return None
        if found["modulus"]:
            return cls(share=(int(found["modulus"]), int(found["remainder"])))
        if found["list"] is not None:
            return cls(values=frozenset(_values(found["list"])))
        low, high = (_places(found[name]) for name in ("low", "high"))
        return None if low is None or high is None else cls(span=(low, high))

    def holds(self, other: "_Bound") -> bool:
        if self.values is not None and other.values is not None:
            return other.values <= self.values
        if self.share is not None and other.share is not None:
            modulus, remainder = self.share
            return other.share[0] % modulus == 0 and other.share[1] % modulus == remainder
        if self.span is not None and other.span is not None:
            return _holds(self.span, other.span)
        return self.rest and other.rest


def _holds(
    span: tuple[tuple[_Place, ...], tuple[_Place, ...]],
    other: tuple[tuple[_Place, ...], tuple[_Place, ...]],
) -> bool:
    try:
        return span[0] <= other[0] and other[1] <= span[1]
    except TypeError:  # a number and a day: nobody knows
        return False


def _values(text: str) -> Iterator[str]:
    return (value.strip().strip("'") for value in _VALUE.findall(text) if value.strip())


def _places(text: str) -> tuple[_Place, ...] | None:
    """Return what can be compared as PostgreSQL does: numbers, days, and both ends."""
    found: list[_Place] = []
    for value in (value.strip() for value in _VALUE.findall(text)):
        if value in _ENDS:
            found.append((_ENDS[value], ""))
        elif _NUMBER.fullmatch(value):
            found.append((1, Decimal(value.strip("'"))))
        elif _DAY.fullmatch(value):
            found.append((1, value))
        elif value:
            return None
    return tuple(found)
