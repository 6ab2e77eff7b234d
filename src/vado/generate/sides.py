"""One side of a comparison, taken apart as far as statements can do things one by one.

The default of a column, the owner of a sequence, being a partition, and each parent of a table are
objects of their own here: a circle of things that need each other is cut where one of them is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from vado.generate.model import Key
from vado.generate.names import own_name
from vado.schema import Catalogue, CatalogueObject, Property, usual_name

# What goes and comes with the table, view or domain it belongs to.
BELONGING = frozenset(
    {"column", "constraint", "index", "trigger", "rule", "policy", "statistics", "attachment",
     "inheritance"}
)  # fmt: skip
# Taken out of the objects that hold them.
PARTS = frozenset({"default", "ownership", "attachment", "inheritance", "members", "shell"})
# Their own functions name them before they are made.
SHELLED = frozenset({"base_type", "range"})
RELATIONS = frozenset({"table", "foreign_table", "view", "materialized_view"})
TABLES = frozenset({"table", "foreign_table"})
_WHOLES = {"ownership": "sequence", "default": "column", "members": "operator_family"}
_NOT_NULLS_NAMED = 180000
# Parents have no part in the indexes of a child.
_UNSHARED = ("index", "inheritance")
_PARENTS = RELATIONS | {"schema", "domain"}


class Side:
    """A catalogue and who uses whom in it."""

    def __init__(self, catalogue: Catalogue, links: Iterable[tuple[Key, Key]]) -> None:
        self.catalogue = catalogue
        self._given = frozenset(links)
        self.server_version = catalogue.server_version
        self.objects: dict[Key, CatalogueObject] = {}
        for item in map(self._told_by_name, catalogue.objects):
            for part in _parts(item):
                self.objects[part.kind, part.identity] = part
        self.links = frozenset(self._all_links(self._given))
        # One after the other, though neither uses the other.
        self.sequels = frozenset(self._all_sequels())

    def without(self, *names: str) -> "Side":
        """Return the side without these properties: what is not to be compared."""
        if not names:
            return self
        objects = tuple(_without(item, *names) for item in self.catalogue.objects)
        return Side(replace(self.catalogue, objects=objects), self._given)

    @cached_property
    def uses(self) -> Mapping[Key, frozenset[Key]]:
        """What each object needs."""
        return _grouped(self.links)

    @cached_property
    def used_by(self) -> Mapping[Key, frozenset[Key]]:
        """What needs each object."""
        return _grouped((other, one) for one, other in self.links)

    @cached_property
    def referenced(self) -> frozenset[str]:
        """The tables that foreign keys lead to."""
        keys = (k for k, item in self.objects.items() if item.text("type") == "foreign_key")
        used = (other for key in keys for other in self.uses.get(key, ()))
        return frozenset(self.objects[other].parent or other[1] for other in used)

    @cached_property
    def belongings(self) -> Mapping[Key, tuple[Key, ...]]:
        """What belongs to each table, view or domain."""
        found: dict[Key, list[Key]] = {}
        for key, item in self.objects.items():
            above = self.parents.get(item.parent or "")
            if item.kind in BELONGING and above is not None:
                found.setdefault(above, []).append(key)
        return {above: tuple(keys) for above, keys in found.items()}

    @cached_property
    def parents(self) -> Mapping[str, Key]:
        """What other objects belong to or stand in, by identity."""
        return {key[1]: key for key in self.objects if key[0] in _PARENTS}

    def parent(self, item: CatalogueObject) -> CatalogueObject | None:
        """Return the table, view, domain or schema of an object."""
        above = self.parents.get(item.parent or "")
        return self.objects[above] if above else None

    def is_inherited(self, item: CatalogueObject) -> bool:
        """Say whether the object is there because a parent table has it."""
        return item.text("inherits_from") is not None or item.flag("inherited")

    def above(self, key: Key) -> tuple[Key, ...]:
        """Return what the parents of a table have that this object is taken over from."""
        item = self.objects[key]
        if source := item.text("inherits_from"):
            return ((item.kind, source),)
        if not item.flag("inherited") or item.parent is None:
            return ()
        name = item.identity.removeprefix(item.parent)
        return tuple((item.kind, parent + name) for parent in self.tables_above(item.parent))

    def tables_above(self, table: str) -> tuple[str, ...]:
        """Return the identities of the tables that this one inherits from."""
        return self._tables_above.get(table, ())

    @cached_property
    def inheriting(self) -> frozenset[str]:
        """The tables with parents, but for partitions."""
        own = (item for (kind, _), item in self.objects.items() if kind == "inheritance")
        return frozenset(item.parent for item in own if item.parent is not None)

    def heirs(self, table: str) -> Iterator[str]:
        """Yield the table and all that inherit from it, but for partitions."""
        yield table
        for (kind, _), item in self.objects.items():
            if kind == "inheritance" and item.text("of") == table:
                yield from self.heirs(item.parent or "")

    @cached_property
    def _tables_above(self) -> dict[str, tuple[str, ...]]:
        found = self.catalogue.of_kind(*TABLES)
        return {item.identity: item.texts("inherits") for item in found if item.texts("inherits")}

    def _told_by_name(self, item: CatalogueObject) -> CatalogueObject:
        """Name the NOT NULLs of partitioned tables: their partitions are given the same names.

        Left to PostgreSQL, a name that a partition has already would get a number behind it.
        """
        if item.kind != "column" or self.server_version < _NOT_NULLS_NAMED:
            return item
        above = self.catalogue.find("table", item.parent or "")
        whole = above is not None and above.text("partition_by") is not None
        if not whole or item.flag("nullable") or item.text("not_null_name"):
            return item
        name = usual_name(item.parent or "", item.identity, suffix="not_null")
        return replace(item, properties={**item.properties, "not_null_name": name})

    def _all_links(self, links: Iterable[tuple[Key, Key]]) -> Iterator[tuple[Key, Key]]:
        known = frozenset(pair for pair in links if self.objects.keys() >= set(pair))
        for one, other in known:
            if other[0] in SHELLED and (other, one) in known:
                yield one, ("shell", other[1])
            else:
                yield from self._link(one, other)
        for key, item in self.objects.items():
            above = self.parents.get(item.parent or "")
            if above is not None and above != key:
                yield key, above
            whole = (_WHOLES.get(item.kind, ""), item.identity)
            if whole in self.objects:
                yield key, whole
            elif item.kind in SHELLED and ("shell", item.identity) in self.objects:
                yield key, ("shell", item.identity)

    def _all_sequels(self) -> Iterator[tuple[Key, Key]]:
        for key, item in self.objects.items():
            if item.kind in {"attachment", "inheritance"}:
                yield from self._family(key, item)
            elif self._joins(key):
                # Made first on the partition, under its own name, it is taken into the whole's;
                # so is the key of a partition into a plain index.
                for kind in {item.kind, "index"}:
                    if (source := (kind, item.text("inherits_from") or "")) in self.objects:
                        yield source, key

    def _link(self, one: Key, other: Key) -> Iterator[tuple[Key, Key]]:
        if one[0] == "sequence" and other[0] == "column":
            yield ("ownership", one[1]), other
        elif one[0] == "operator_family" and other[0] in {"operator", "function"}:
            yield ("members", one[1]), other
        elif one[0] == other[0] and self.objects[one].text("inherits_from") == other[1]:
            # Made first on the partition, it is taken into that of the whole.
            pass
        elif one[0] in TABLES and other[0] in TABLES:
            pass  # told by attachments and inheritances
        else:
            yield one, other

    def _family(self, key: Key, item: CatalogueObject) -> Iterator[tuple[Key, Key]]:
        for table in (item.parent or "", item.text("of") or ""):
            if above := self.parents.get(table):
                yield key, above
                for part in self.belongings.get(above, ()):
                    # Both must have what they are to have in common.
                    joins = table == item.parent and self._joins(part)
                    if part[0] == "column" or (joins and (part[0], item.kind) != _UNSHARED):
                        yield key, part

    def _joins(self, key: Key) -> bool:
        item = self.objects[key]
        if item.kind == "index":
            return True
        return item.kind == "constraint" and item.text("type") != "foreign_key"


def in_partition_keys(side: Side) -> frozenset[Key]:
    """Return the columns by which tables are partitioned, and their types: these must stay."""
    found: set[Key] = set()
    for key, item in side.objects.items():
        table = side.parent(item) if item.kind == "column" else None
        keys = table.text("partition_by") if table is not None else None
        if keys is not None and re.search(rf"[( ]{re.escape(own_name(item))}[,) ]", keys):
            found |= {key, *side.uses.get(key, ())}
    return frozenset(key for key in found if key[0] not in {"table", "schema"})


def _parts(item: CatalogueObject) -> Iterator[CatalogueObject]:
    if item.kind == "column" and item.text("default") is not None:
        yield _part(item, "default", item.identity, item.text("default"))
        yield _without(item, "default")
    elif item.kind == "sequence" and item.text("owned_by") is not None:
        yield _part(item, "ownership", item.identity, item.text("owned_by"))
        yield _without(item, "owned_by", "owned_by_table")
    elif item.kind == "operator_family" and item.texts("members"):
        part = _part(item, "members", item.identity, None)
        yield replace(part, properties={"members": item.texts("members")})
        yield _without(item, "members")
    elif item.kind in SHELLED and (item.kind == "base_type" or item.text("canonical")):
        yield _part(item, "shell", item.identity, None)
        yield item
    elif item.kind in TABLES and item.texts("inherits"):
        yield from _places_in_families(item)
        yield _without(item, "inherits", "partition_bound")
    else:
        yield item


def _places_in_families(table: CatalogueObject) -> Iterator[CatalogueObject]:
    bound = table.text("partition_bound")
    for above in table.texts("inherits"):
        kind = "inheritance" if bound is None else "attachment"
        name = table.identity if bound is not None else f"{table.identity} of {above}"
        part = _part(table, kind, name, bound, parent=table.identity)
        yield replace(part, properties={"of": above})


def _part(
    item: CatalogueObject,
    kind: str,
    identity: str,
    definition: str | None,
    *,
    parent: str | None = None,
) -> CatalogueObject:
    return CatalogueObject(kind, identity, 0, 0, parent or item.parent, {}, definition)


def _without(item: CatalogueObject, *names: str) -> CatalogueObject:
    kept: dict[str, Property] = {n: v for n, v in item.properties.items() if n not in names}
    return replace(item, properties=kept)


def _grouped(pairs: Iterable[tuple[Key, Key]]) -> dict[Key, frozenset[Key]]:
    found: dict[Key, set[Key]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
    return {key: frozenset(others) for key, others in found.items()}
