"""Columns that go from a type to another of the same name, with their rows."""

from collections.abc import Mapping
from dataclasses import replace

from vado.generate.kinds import Retype, alteration, by_attributes, by_names, list_by_names
from vado.generate.model import Alteration, Key, Pair
from vado.generate.sides import Side

_RETYPES: Mapping[str, Retype] = {"collation": "collation", "range": "away"}


def swap(pair: Pair, type_: Key, before: Side, after: Side) -> Alteration:
    """Return how a column gets from the old type to the new one."""
    kind: Retype = _RETYPES.get(type_[0], "text")
    composite, type_now = type_[0] == "composite", pair.before.text("type") or ""
    if composite and type_now == type_[1]:
        using = _by_parts(type_, pair.name, before, after)
        return alteration(replace(pair, using=using), retype=kind)
    if composite and type_now == f"{type_[1]}[]":
        made, using, dropped = list_by_names(pair.name, type_now)
        found = alteration(replace(pair, using=using), retype=kind)
        return replace(found, main=(made, *found.main, dropped))
    return alteration(pair, retype=kind)


def _by_parts(type_: Key, column: str, before: Side, after: Side) -> str:
    if any(kind == "composite" for kind, _ in before.uses.get(type_, ())):
        return by_names(column, type_[1])  # those inside it may be other ones, too
    return by_attributes(column, before.objects[type_], after.objects[type_])
