"""The statements that make and drop objects, and which object's statement tells of which."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from vado.generate.fates import Fates
from vado.generate.kinds.access import opposite, owner_statement
from vado.generate.kinds.columns import add_column, drop_default, set_default
from vado.generate.kinds.constraints import add_constraint, drop_constraint
from vado.generate.kinds.others import add_members, drop_members
from vado.generate.kinds.relations import disown, own
from vado.generate.kinds.tables import attach, detach, disinherit, inherit
from vado.generate.model import Key, Manner, alter_noun
from vado.generate.names import beside, noun, own_name, place
from vado.generate.safe import safe_constraint, safe_drop_index, safe_index
from vado.generate.sides import BELONGING, PARTS, SHELLED, TABLES, Side
from vado.schema import (
    Catalogue,
    CatalogueObject,
    Property,
    Writer,
    name_parts,
    remarks,
)

# What they are taken out of; dropped, that takes them along.
_WHOLES = {"default": "column", "ownership": "sequence", "members": "operator_family"}
_Write = Callable[[CatalogueObject, CatalogueObject | None], str]
_PARTS_MADE: Mapping[str, _Write] = {
    "default": set_default,
    "ownership": lambda item, _: own(item),
    "attachment": lambda item, _: attach(item),
    "inheritance": lambda item, _: inherit(item),
    "members": lambda item, _: add_members(item),
    "shell": lambda item, _: f"CREATE TYPE {item.identity};",
}
_PARTS_DROPPED: Mapping[str, _Write] = {
    "default": drop_default,
    "ownership": lambda item, _: disown(item),
    "attachment": lambda item, _: detach(item),
    "inheritance": lambda item, _: disinherit(item),
    "members": lambda item, _: drop_members(item),
    "shell": lambda item, _: f"DROP TYPE {item.identity};",
}
_GRANTED = frozenset({"default_privileges", "privileges"})
# It stands beside the new type for as long as columns are of it.
_OLD_SUFFIX = "__before"


class Maker:
    """Writes `create` for the objects of one side."""

    def __init__(self, after: Side, fates: Fates, manner: Manner, apart: set[Key]) -> None:
        self._after = after
        self._fates = fates
        self._manner = manner
        self._apart = apart
        self._writer = Writer(after.catalogue)

    def whole(self, key: Key) -> Key | None:
        """Return the object whose `create` makes this one, too; None when it has its own."""
        item = self._after.objects[key]
        if key in self._apart:
            return None
        if item.kind == "default":
            column = ("column", item.identity)
            return column if self._fates.made(column) else None
        above = self._after.parents.get(item.parent or "")
        if above is not None and self._fates.made(above) and self._inside(item, above):
            return above
        return self._passed_on(key, item)

    def _inside(self, item: CatalogueObject, above: Key) -> bool:
        if item.kind in {"column", "inheritance"}:
            return True
        if item.kind != "constraint" or above[0] not in {*TABLES, "domain"}:
            return False
        if item.text("type") == "foreign_key" or (item.flag("not_valid") and above[0] in TABLES):
            return False
        attached = ("attachment", above[1]) in self._after.objects
        return attached or not item.flag("inherited")

    def _passed_on(self, key: Key, item: CatalogueObject) -> Key | None:
        """Return what of the parent table brings this along when it is made."""
        by_itself = item.kind in {"index", "constraint"} and item.text("type") != "foreign_key"
        if by_itself and item.text("inherits_from"):
            return None  # made first, under its own name, and then taken in
        for above in self._after.above(key):
            if self._fates.made(above):
                return above
            joins = ("attachment", item.parent or "")
            if self._fates.made(joins) and item.kind != "column":
                return joins
        return None

    def silent(self, key: Key) -> bool:
        """Say whether PostgreSQL makes it by itself, so that no statement does."""
        item = self._after.objects[key]
        if item.kind == "trigger":
            return item.text("inherits_from") is not None
        return item.kind == "constraint" and item.text("type") == "foreign_key" and bool(
            item.text("inherits_from")
        )  # fmt: skip

    def create(self, key: Key) -> str:
        """Return the statements that make the object, its owner and remarks among them."""
        item = self._after.objects[key]
        lines = [line for line in self._create(key, item) if line]
        owner = owner_statement(item)
        if owner is not None and item.text("owner") != self._manner.runner and self._owns(item):
            lines.append(owner)
        return self._safely("\n".join(lines), item)

    def _safely(self, text: str, item: CatalogueObject) -> str:
        table = self._after.parent(item)
        if item.parent not in self._manner.safe or table is None or self._made_too(table):
            return text
        if item.kind == "index":
            return safe_index(text, table)
        return safe_constraint(text, item, table) if item.kind == "constraint" else text

    def _made_too(self, table: CatalogueObject) -> bool:
        return self._fates.made((table.kind, table.identity))

    def _owns(self, item: CatalogueObject) -> bool:
        # The owner of a sequence is that of the table that has it.
        return ("ownership", item.identity) not in self._after.objects or item.kind != "sequence"

    def _create(self, key: Key, item: CatalogueObject) -> Iterator[str]:
        above = self._after.parent(item)
        if item.kind in TABLES:
            yield self._table(item)
        elif item.kind == "column":
            yield from add_column(self._with_default(item), above)
        elif item.kind == "constraint":
            yield from add_constraint(item, above)
            yield from remarks(item, on_domain=above is not None and above.kind == "domain")
        elif item.kind in PARTS:
            yield _PARTS_MADE[item.kind](item, above)
        else:
            if key in self._fates.swapped:
                yield _set_aside(item)
                if (multirange := item.text("multirange")) is not None:
                    yield _set_aside(replace(item, identity=multirange))
            yield self._writer.write(item)

    def _with_default(self, column: CatalogueObject) -> CatalogueObject:
        default = self._after.objects.get(("default", column.identity))
        if default is None or ("default", column.identity) in self._apart:
            return column
        said: dict[str, Property] = {**column.properties, "default": default.definition}
        return replace(column, properties=said)

    def _table(self, table: CatalogueObject) -> str:
        """Write a table as one of its own: what makes it a partition is a statement of its own."""
        attached = ("attachment", table.identity) in self._after.objects
        parents = () if attached else self._after.tables_above(table.identity)
        whole = replace(table, properties={**table.properties, "inherits": parents})
        parts = [self._inner(key, attached=attached) for key in self._inner_keys(table)]
        objects = (whole, *parts)
        return Writer(Catalogue(self._after.server_version, objects)).write(whole)

    def _inner_keys(self, table: CatalogueObject) -> list[Key]:
        keys = self._after.belongings.get((table.kind, table.identity), ())
        return [
            key
            for key in keys
            if key[0] == "column" or (key[0] == "constraint" and key not in self._apart)
        ]

    def _inner(self, key: Key, *, attached: bool) -> CatalogueObject:
        item = self._after.objects[key]
        if item.kind == "column":
            item = self._with_default(item)
        if not attached:
            return item
        left_out = {"inherited", "inherits_from", "not_null_inherited"}
        if item.flag("inherited"):
            left_out |= {"identity_kind", "identity_options"}
        kept = {name: value for name, value in item.properties.items() if name not in left_out}
        return replace(item, properties=kept)


class Remover:
    """Writes `drop` for the objects of one side."""

    def __init__(self, before: Side, fates: Fates, manner: Manner, apart: set[Key]) -> None:
        self._before = before
        self._fates = fates
        self._manner = manner
        self._apart = apart
        self._writer = Writer(before.catalogue)

    def whole(self, key: Key) -> Key | None:
        """Return the object whose `drop` takes this one along; None when it has its own."""
        item = self._before.objects[key]
        if key in self._apart or self._held(item) or self._fates.orphaned(key):
            return None
        if item.kind in _WHOLES:
            return self._first_gone((_WHOLES[item.kind], item.identity))
        if item.kind in {"shell", "function"}:
            return self._first_gone(*self._shelled(key))
        if item.kind == "sequence":
            owned = self._before.objects.get(("ownership", item.identity))
            return self._first_gone(("column", owned.definition or "")) if owned else None
        above = self._before.parents.get(item.parent or "")
        if item.kind in BELONGING and above is not None and self._fates.gone(above):
            return above
        return self._first_gone(*self._before.above(key), *self._whole_of(item))

    def _whole_of(self, item: CatalogueObject) -> Iterator[Key]:
        """Yield the partitioned table that takes its partition along.

        The foreign keys of a whole to itself hold each of its partitions, but not the whole.
        """
        place = self._before.objects.get(("attachment", item.identity))
        if item.kind in TABLES and place is not None:
            yield "table", place.text("of") or ""

    def _held(self, item: CatalogueObject) -> bool:
        """Say whether foreign keys hold a partition: PostgreSQL drops it once it is detached."""
        if item.kind != "attachment":
            return False
        table = item.text("of") or ""
        above = {table, *self._before.tables_above(table)}
        return not self._fates.gone(("table", table)) and bool(above & self._before.referenced)

    def _shelled(self, key: Key) -> Iterator[Key]:
        """Yield the types that take their own functions along."""
        shells = [key] if key[0] == "shell" else self._before.uses.get(key, ())
        for shell in shells:
            if shell[0] == "shell":
                yield from ((kind, shell[1]) for kind in SHELLED)

    def _first_gone(self, *keys: Key) -> Key | None:
        return next((key for key in keys if self._fates.gone(key)), None)

    def drop(self, key: Key) -> str:
        """Return the statement that drops the object."""
        item = self._before.objects[key]
        above = self._before.parent(item)
        if item.kind == "column":
            return f"ALTER {alter_noun(above)} {item.parent} DROP COLUMN {own_name(item)};"
        if item.kind == "constraint":
            return drop_constraint(item, above)
        if item.kind in PARTS:
            return _PARTS_DROPPED[item.kind](item, above)
        return self._other(key, item)

    def _other(self, key: Key, item: CatalogueObject) -> str:
        if key in self._fates.swapped:
            return f"DROP {noun(item.kind)} {beside(item.identity, _OLD_SUFFIX)};"
        if item.kind in _GRANTED:
            ended = tuple(opposite(text) for text in item.texts("grants"))
            return self._writer.write(
                replace(item, properties={**item.properties, "grants": ended})
            )
        if item.kind == "subscription":
            # Otherwise the server would go to the publisher, and not inside a transaction.
            alter = f"ALTER SUBSCRIPTION {item.identity}"
            return (
                f"{alter} DISABLE;\n{alter} SET (slot_name = NONE);\n"
                f"DROP SUBSCRIPTION {item.identity};"
            )
        text = f"DROP {place(item)};"
        if ("shell", item.identity) in self._before.objects and item.kind in SHELLED:
            return f"DROP TYPE {item.identity} CASCADE;"  # with the functions that it is made of
        if item.kind == "index" and item.parent in self._manner.safe:
            return safe_drop_index(text, item, self._before.parent(item))
        return text


def _set_aside(item: CatalogueObject) -> str:
    _, aside = name_parts(beside(item.identity, _OLD_SUFFIX))
    return f"ALTER {noun(item.kind)} {item.identity} RENAME TO {aside};"
