"""From two schemas to the migration between them."""

from collections.abc import Iterator

from vado.generate.fates import Fates
from vado.generate.judge import Judge
from vado.generate.kinds.others import SECRET
from vado.generate.model import Cannot, Draft, Key, Manner, Written
from vado.generate.order import Order
from vado.generate.sides import Side, in_partition_keys

# Bodies may name what is made later; the server checks them when they run.
_HEADER = Written("setting", "check_function_bodies", "bind", "SET check_function_bodies = off;")
_FOOTER = Written("setting", "check_function_bodies", "bind", "RESET check_function_bodies;")
_ROUTINES = frozenset({"function", "procedure"})
_NOT_EVALUATED = frozenset({"function", "procedure", "enum"})


def write_migration(before: Side, after: Side, manner: Manner | None = None) -> Draft:
    """Return the statements that take *before* to *after*, and what cannot be done."""
    manner = manner or Manner()
    forced: frozenset[Key] = frozenset()
    stuck = in_partition_keys(before)
    while True:
        fates = Judge(before, after, manner, forced, stuck).settle()
        written = tuple(Order(before, after, fates, manner).written())
        used = _values_used_at_once(fates, written) - forced - stuck
        if not used:
            cannot = (*fates.cannot, *_secrets(fates, after))
            return Draft(_with_settings(written), cannot, _carried(fates))
        forced |= used


def _carried(fates: Fates) -> frozenset[Key]:
    found = set()
    for carried in fates.carried.values():
        for name in (carried.target, *carried.members):
            found |= {("table", name), ("attachment", name)}
    return frozenset(found)


def _secrets(fates: Fates, after: Side) -> Iterator[Cannot]:
    for key in sorted(fates.added | fates.rebuilt):
        if after.objects[key].texts("secrets"):
            yield Cannot(*key, SECRET)


def _values_used_at_once(fates: Fates, written: tuple[Written, ...]) -> frozenset[Key]:
    """Return the enums with a new value that a later statement names.

    Inside one transaction that is refused, so such a type is made anew.
    """
    found = set()
    for key, alteration in fates.altered.items():
        if key[0] != "enum":
            continue
        for statement in alteration.main:
            _, added, rest = statement.partition(" ADD VALUE ")
            value = rest.partition(" AFTER ")[0].partition(" BEFORE ")[0].rstrip(";")
            constant = f"{value}::{key[1]}"
            if added and any(_names(w, value, constant) for w in written):
                found.add(key)
    return frozenset(found)


def _names(written: Written, value: str, constant: str) -> bool:
    if written.kind in _NOT_EVALUATED:
        return False
    # The bounds of partitions are said without a type.
    return constant in written.text or (written.kind == "attachment" and value in written.text)


def _with_settings(written: tuple[Written, ...]) -> tuple[Written, ...]:
    if any(w.kind in _ROUTINES and w.action in {"create", "alter"} for w in written):
        return (_HEADER, *written, _FOOTER)
    return written
