"""Tables that inherit: which parents they leave and join, and what they have of their own then.

A column is a child's own as soon as no parent has it, and stays so when one has it again. Where it
is to remain inherited only, a table that stands in for the parents holds it while they change.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from vado.generate.kinds.tables import disinherit, inherit
from vado.generate.model import Key
from vado.generate.names import beside, own_name
from vado.generate.sides import Side
from vado.schema import CatalogueObject, Property, column_line, constraint_line, usual_name

_STAND_IN = "__parent"
_NOT_NULLS_NAMED = 180000
# What a column must have in common with that of a parent.
_COMMON = frozenset({"type", "collation", "generated", "expression", "compression"})


@dataclass(frozen=True, slots=True)
class Rehook:
    """What a table leaves and joins at one go.

    `held` are columns and checks that stay inherited only, `born` those that come as such;
    `orphans` were inherited and go with no parent; the NOT NULLs of `renamed` were, too, and are
    now its own.
    """

    leaves: tuple[Key, ...]
    joins: tuple[Key, ...]
    held: tuple[Key, ...]
    born: tuple[Key, ...]
    orphans: tuple[Key, ...]
    renamed: tuple[Key, ...]


class Heir:
    """A table of both sides, and its parents before and after."""

    def __init__(self, before: Side, after: Side, table: Key) -> None:
        self._before = before
        self._after = after
        self._table = table
        self._old = before.tables_above(table[1])
        self._new = after.tables_above(table[1])

    def must_be_made_again(self) -> bool:
        """Say whether something of its own becomes inherited only: that is so from the start."""
        return any(
            item.kind == "column" and not self._was(key) and key in self._before.objects
            for key, item in self._inherited(self._after)
        )

    def rehook(self) -> Rehook | None:
        """Return what it must leave and join at one go, None where plain statements do."""
        own = {key for key, _ in self._inherited(self._before) if key in self._after.objects}
        freed = {key for key in own if not self._after.objects[key].flag("inherited")}
        again = [p for p in self._old if p in self._new and self._gives(p, freed)]
        if tuple([p for p in self._old if p in self._new and p not in again] + again) != tuple(
            p for p in self._new if p in self._old
        ):
            again = [p for p in self._old if p in self._new]
        kept = [p for p in self._old if p in self._new and p not in again]
        wanted = [key for key, _ in self._inherited(self._after) if not self._given(key, kept)]
        held = tuple(key for key in wanted if key in own)
        born = tuple(key for key in wanted if key not in self._before.objects)
        if not (again or held or born):
            return None
        return Rehook(
            tuple(self._key(p) for p in self._old if p not in kept),
            tuple(self._key(p) for p in self._new if p not in kept),
            held,
            born,
            tuple(
                key
                for key, _ in self._inherited(self._before)
                if key not in self._after.objects and not self._had(key, kept)
            ),
            tuple(key for key in freed if self._calls_anew(key)),
        )

    def _inherited(self, side: Side) -> Iterator[tuple[Key, CatalogueObject]]:
        for key in side.belongings.get(self._table, ()):
            item = side.objects[key]
            if item.flag("inherited") and key[0] in {"column", "constraint"}:
                yield key, item

    def _was(self, key: Key) -> bool:
        item = self._before.objects.get(key)
        return item is not None and item.flag("inherited")

    def _key(self, parent: str) -> Key:
        return "inheritance", f"{self._table[1]} of {parent}"

    def _calls_anew(self, key: Key) -> bool:
        """Say whether its NOT NULL is called as the parent's: nobody asks a child for the name."""
        old, new = self._before.objects[key], self._after.objects[key]
        own = not new.flag("nullable") and not new.flag("not_null_inherited")
        keys = (self._before.objects[k] for k in self._before.belongings[self._table])
        in_key = any(
            item.text("type") == "primary_key" and key[1].endswith(f".{name}")
            for item in keys
            for name in item.texts("columns")
        )
        return old.flag("not_null_inherited") and own and not in_key

    def _gives(self, parent: str, freed: set[Key]) -> bool:
        return any(self._of(parent, key) in self._before.objects for key in freed)

    def _given(self, key: Key, parents: list[str]) -> bool:
        """Say whether a parent that is not left has it all the time, or gets it."""
        return any(self._of(parent, key) in self._after.objects for parent in parents) and (
            key not in self._before.objects or self._had(key, parents)
        )

    def _had(self, key: Key, parents: list[str]) -> bool:
        return any(self._of(parent, key) in self._before.objects for parent in parents)

    def _of(self, parent: str, key: Key) -> Key:
        return key[0], parent + key[1].removeprefix(self._table[1])


def moved_columns(before: Side, after: Side) -> Iterator[tuple[Key, Key]]:
    """Yield the columns of parents that heirs go on having from another parent, with that one's.

    The other parent must have it before the one has lost it: else the heirs lose it, too.
    """
    for name in before.inheriting & after.inheriting:
        for key in before.belongings.get(("table", name), ()):
            if key[0] != "column" or key not in after.objects:
                continue
            own = key[1].removeprefix(name)
            for parent in before.tables_above(name):
                for other in after.tables_above(name):
                    yield ("column", parent + own), ("column", other + own)


def rehook_statements(rehook: Rehook, table: str, before: Side, after: Side) -> str:
    """Return the statements that take a table from its old parents to its new ones."""
    return "\n".join(_statements(rehook, table, before, after))


def _statements(rehook: Rehook, table: str, before: Side, after: Side) -> Iterator[str]:
    stand_in, needed = beside(table, _STAND_IN), rehook.held or rehook.born
    if needed:
        held = [_held(before.objects[key], after.objects[key], after) for key in rehook.held]
        yield f"CREATE TABLE {stand_in} ({', '.join(held)});"
        yield f"ALTER TABLE {table} INHERIT {stand_in};"
    for key in rehook.leaves:
        yield disinherit(before.objects[key])
    for key in rehook.renamed:
        yield from _called_anew(after.objects[key])
    for key in sorted(rehook.born, key=lambda key: key[0] != "column"):
        yield f"ALTER TABLE {stand_in} ADD {_born(after.objects[key], after)};"
    for key in rehook.joins:
        yield inherit(after.objects[key])
    if needed:
        yield f"ALTER TABLE {table} NO INHERIT {stand_in};"
        yield f"DROP TABLE {stand_in};"


def _called_anew(column: CatalogueObject) -> Iterator[str]:
    table, name = column.parent or "", own_name(column)
    called = column.text("not_null_name") or usual_name(table, column.identity, suffix="not_null")
    yield f"ALTER TABLE {table} ALTER COLUMN {name} DROP NOT NULL;"
    yield f"ALTER TABLE {table} ADD CONSTRAINT {called} NOT NULL {name};"


def _held(old: CatalogueObject, new: CatalogueObject, after: Side) -> str:
    if new.kind == "constraint":
        return constraint_line(new)
    said = {name: value for name, value in new.properties.items() if name in _COMMON}
    both = old.flag("not_null_inherited") and new.flag("not_null_inherited")
    said["nullable"] = not (both and after.server_version >= _NOT_NULLS_NAMED)
    return column_line(replace(new, properties=said))


def _born(item: CatalogueObject, after: Side) -> str:
    if item.kind == "constraint":
        return constraint_line(item)
    default = after.objects.get(("default", item.identity))
    said: dict[str, Property] = dict(item.properties)
    if default is not None:
        said["default"] = default.definition
    return f"COLUMN {column_line(replace(item, properties=said))}"
