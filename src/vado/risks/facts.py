"""What the database says: tables with their columns, constraints, indexes and sizes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from vado.risks.column_types import type_named
from vado.risks.names import Name, quoted, unquoted
from vado.risks.tables import Column, Constraint, Index, Table
from vado.sql import Statement, parse_script

if TYPE_CHECKING:
    # `vado lint` judges without a database, and must not wait for the driver to load.
    from vado.schema import Catalogue, CatalogueObject, TableSize

NEWEST = 180000
_RELATIONS = ("table", "view", "materialized_view", "foreign_table")


@dataclass(frozen=True)
class Facts:
    """What is known of the database that a plan is for; without a catalogue nothing is assumed.

    `server_version` is PostgreSQL's number (180006); `sizes` by the identity of a table.
    """

    catalogue: "Catalogue | None" = None
    sizes: Mapping[str, "TableSize"] = field(default_factory=dict)
    server_version: int = NEWEST

    def relation(self, schema: str, name: str) -> "CatalogueObject | None":
        """Return the table or view of that name, None when there is none or nothing is known."""
        return self.find(_RELATIONS, schema, name)

    def find(self, kinds: tuple[str, ...], *name: str) -> "CatalogueObject | None":
        """Return the first object of these kinds and that name."""
        if self.catalogue is None:
            return None
        identity = quoted(*name)
        found = (self.catalogue.find(kind, identity) for kind in kinds)
        return next((item for item in found if item is not None), None)

    def table(self, schema: str, name: str) -> Table:
        """Return what is known of a table; an empty answer when nothing is."""
        relation = self.relation(schema, name)
        if relation is None:
            return Table(schema, name, absent=self.catalogue is not None)
        table = Table(schema, name, present=True)
        table.options = relation.texts("options")
        table.foreign = relation.kind == "foreign_table"
        table.partition_by = relation.text("partition_by") or ""
        table.partitioned = bool(table.partition_by)
        if table.partitioned:
            table.default_partition = self._default_partitions.get(relation.identity, "")
        size = self.sizes.get(relation.identity)
        # PostgreSQL says -1 rows as long as nobody has counted them.
        table.rows = int(size.rows) if size is not None and size.rows >= 0 else None
        for part in self._parts(relation):
            _PARTS.get(part.kind, _nothing)(table, part)
        return table

    @cached_property
    def _default_partitions(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for item in self.catalogue.of_kind("table") if self.catalogue else ():
            if item.text("partition_bound") == "DEFAULT":
                found |= dict.fromkeys(item.texts("inherits"), item.identity)
        return found

    def referencing(self, table: str) -> Iterator[str]:
        """Yield the tables whose foreign keys refer to one, by identities."""
        for kind, identity in self._needing.get(("table", table), ()):
            constraint = self.catalogue.find(kind, identity) if self.catalogue else None
            if kind == "constraint" and constraint is not None and constraint.parent:
                yield constraint.parent

    def readers(self, table: str) -> Iterator[tuple[str, str]]:
        """Yield what reads columns of a table and keeps their types, each with its definition."""
        if self.catalogue is None:
            return
        for kind, identity in self._needing.get(("table", table), ()):
            item = self.catalogue.find(kind, identity)
            if item is not None and kind in {"view", "materialized_view"}:
                yield item.identity, item.definition or ""
        for item in self.catalogue.by_parent.get(table, ()):
            yield item.identity, _read_by(item)

    def knows(self, kind: str, name: Name) -> bool | None:
        """Say whether the database has an object; None when nobody can tell."""
        kinds = _KINDS.get(kind)
        if self.catalogue is None or kinds is None:
            return None
        if kinds == ("function",):
            return name[-1] in self._functions
        return name[-1] in self._names(kinds)

    def _names(self, kinds: tuple[str, ...]) -> frozenset[str]:
        if kinds not in self._by_kind:
            items = self.catalogue.of_kind(*kinds) if self.catalogue else ()
            names = (unquoted(item.identity)[-1:] for item in items)
            self._by_kind[kinds] = frozenset(name[0] for name in names if name)
        return self._by_kind[kinds]

    @cached_property
    def _by_kind(self) -> dict[tuple[str, ...], frozenset[str]]:
        return {}

    def _parts(self, relation: "CatalogueObject") -> "tuple[CatalogueObject, ...]":
        return self.catalogue.by_parent.get(relation.identity, ()) if self.catalogue else ()

    def index_table(self, schema: str, name: str) -> Name | None:
        """Return schema and name of the table that an index belongs to."""
        index = self.find(("index",), schema, name)
        return unquoted(index.parent) if index is not None and index.parent else None

    def volatility(self, function: str) -> str | None:
        """Return how volatile the user's functions of that name are, None when there is none."""
        found = self._functions.get(function)
        if found is None:
            return None
        return "stable" if all(item.text("volatility") for item in found) else "volatile"

    def function(self, name: str) -> Statement | None:
        """Return the statement that would create the user's function of that name."""
        found = self._functions.get(name)
        if not found or not found[0].definition:
            return None
        return next(iter(parse_script(found[0].definition).statements), None)

    @cached_property
    def _functions(self) -> Mapping[str, list["CatalogueObject"]]:
        found: dict[str, list[CatalogueObject]] = {}
        if self.catalogue is None:
            return found
        for item in (*self.catalogue.of_kind("function"), *self.catalogue.of_kind("procedure")):
            found.setdefault(unquoted(item.identity.split("(")[0])[-1], []).append(item)
        return found

    def dependants(self, kind: str, *name: str) -> Iterator[str]:
        """Yield the identities of what needs an object, and of what needs those in turn."""
        waiting = [(kind, quoted(*name))]
        seen = set(waiting)
        while waiting:
            for needing in self._needing.get(waiting.pop(), ()):
                if needing not in seen:
                    seen.add(needing)
                    waiting.append(needing)
                    yield needing[1]

    @cached_property
    def _needing(self) -> Mapping[tuple[str, str], list[tuple[str, str]]]:
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for needing, needed in self.catalogue.dependencies if self.catalogue else ():
            found.setdefault(needed, []).append(needing)
        for constraint in self.catalogue.of_kind("constraint") if self.catalogue else ():
            if referenced := constraint.text("references"):
                entry = ("constraint", constraint.identity)
                found.setdefault(("table", referenced), []).append(entry)
        return found


_COLUMNS_OF_TRIGGER = re.compile(r"UPDATE OF .*? ON |WHEN \(.*\) EXECUTE", re.DOTALL)
_KINDS: dict[str, tuple[str, ...]] = {
    "OBJECT_TYPE": ("enum", "composite", "range", "base_type", "domain"),
    "OBJECT_DOMAIN": ("domain",),
    "OBJECT_SEQUENCE": ("sequence",),
    "OBJECT_SCHEMA": ("schema",),
    "OBJECT_EXTENSION": ("extension",),
    "OBJECT_TRIGGER": ("trigger",),
    "OBJECT_POLICY": ("policy",),
    "OBJECT_RULE": ("rule",),
    "OBJECT_FUNCTION": ("function",),
    "OBJECT_PROCEDURE": ("function",),
    "OBJECT_ROUTINE": ("function",),
    "OBJECT_PUBLICATION": ("publication",),
}


def _read_by(part: "CatalogueObject") -> str:
    """Return the text in which a part of a table names columns whose types it relies on."""
    match part.kind:
        case "policy":
            return f"{part.text('using') or ''} {part.text('check') or ''}"
        case "column" if part.text("generated"):
            return part.text("default") or part.text("expression") or ""
        case "rule":
            return part.definition or ""
        case "trigger":
            found = _COLUMNS_OF_TRIGGER.search(part.definition or "")
            return found[0] if found else ""
        case _:
            return ""


def _nothing(_table: Table, _part: "CatalogueObject") -> None:
    """Take no notice of parts that no rule asks for."""


def _column(table: Table, part: "CatalogueObject") -> None:
    table.columns[unquoted(part.identity)[-1]] = Column(
        known=type_named(part.text("type") or ""),
        # PostgreSQL 18 marks a column as NOT NULL while its constraint is still NOT VALID.
        not_null=not (part.flag("nullable") or part.flag("not_null_not_valid")),
        generated=part.text("generated") is not None,
    )


def _constraint(table: Table, part: "CatalogueObject") -> None:
    name = unquoted(part.identity)[-1]
    constraint = Constraint(name, part.definition or "", validated=not part.flag("not_valid"))
    table.constraints[name] = constraint
    if constraint.definition.startswith(("PRIMARY KEY", "UNIQUE")):
        table.indexes[name] = Index(name, _columns(part), unique=True)


def _index(table: Table, part: "CatalogueObject") -> None:
    name = unquoted(part.identity)[-1]
    table.indexes[name] = Index(
        name,
        _columns(part),
        _computed_from(part),
        unique=part.flag("unique"),
        partial=part.text("predicate") is not None,
        valid=not part.flag("invalid"),
    )


def _columns(part: "CatalogueObject") -> tuple[str, ...]:
    """Return plain names; where an expression stands there is none."""
    return tuple("".join(unquoted(column)) for column in part.texts("columns"))


_WORD = re.compile(r'"((?:[^"]|"")+)"|(\w+)')


def _computed_from(part: "CatalogueObject") -> frozenset[str]:
    """Return the words of an index with an expression or a condition; columns are among them."""
    if "" not in _columns(part) and part.text("predicate") is None:
        return frozenset()
    _, _, text = (part.definition or "").partition(" USING ")
    return frozenset(inner.replace('""', '"') or word for inner, word in _WORD.findall(text))


_PARTS = {"column": _column, "constraint": _constraint, "index": _index}
