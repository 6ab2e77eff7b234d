"""A schema as plain data: objects with properties, and the differences between two of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

Property = str | int | bool | tuple[str, ...] | None
Action = Literal["add", "remove", "change", "rename"]
Section = Literal["structure", "access"]


@dataclass(frozen=True, slots=True)
class CatalogueObject:
    """One object of a schema; a property that is absent reads as None, false or empty.

    `identity` and every name in the properties is quoted as PostgreSQL does. `stored` is a digest
    of what PostgreSQL itself keeps (OIDs, not names): as long as it is the same inside one
    database, a text that reads differently does so only because something it names was renamed.
    """

    kind: str
    identity: str
    oid: int
    subid: int
    parent: str | None
    properties: Mapping[str, Property]
    definition: str | None = None
    stored: str | None = None

    def text(self, name: str) -> str | None:
        """Return a text property, None when absent."""
        value = self.properties.get(name)
        return value if isinstance(value, str) else None

    def flag(self, name: str) -> bool:
        """Return a true-or-false property."""
        return self.properties.get(name) is True

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list property, empty when absent."""
        value = self.properties.get(name)
        return value if isinstance(value, tuple) else ()

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return {
            "kind": self.kind,
            "identity": self.identity,
            "oid": self.oid,
            "subid": self.subid,
            "parent": self.parent,
            "properties": {name: _to_json(value) for name, value in self.properties.items()},
            "definition": self.definition,
            "stored": self.stored,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "CatalogueObject":
        """Read what `to_json` wrote."""
        properties = {name: _from_json(value) for name, value in data["properties"].items()}
        return cls(
            data["kind"],
            data["identity"],
            data["oid"],
            data["subid"],
            data["parent"],
            properties,
            data["definition"],
            data["stored"],
        )


@dataclass(frozen=True)
class Catalogue:
    """All objects of a database that belong to its users, and the kinds that were only counted.

    `dependencies` holds pairs of (kind, identity): the first cannot be created before the second.
    """

    server_version: int
    objects: tuple[CatalogueObject, ...]
    not_compared: tuple[tuple[str, int], ...] = ()
    dependencies: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = ()

    @cached_property
    def by_identity(self) -> Mapping[tuple[str, str], CatalogueObject]:
        """Objects by kind and identity."""
        return {(item.kind, item.identity): item for item in self.objects}

    @cached_property
    def by_parent(self) -> Mapping[str, tuple[CatalogueObject, ...]]:
        """What stands in a schema, or belongs to a table, by the identity of that parent."""
        children: dict[str, list[CatalogueObject]] = {}
        for item in self.objects:
            if item.parent is not None:
                children.setdefault(item.parent, []).append(item)
        return {parent: tuple(items) for parent, items in children.items()}

    def find(self, kind: str, identity: str) -> CatalogueObject | None:
        """Return one object, None when there is none of that kind and identity."""
        return self.by_identity.get((kind, identity))

    def of_kind(self, *kinds: str) -> tuple[CatalogueObject, ...]:
        """Return all objects of these kinds."""
        return tuple(item for item in self.objects if item.kind in kinds)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return {
            "server_version": self.server_version,
            "objects": [item.to_json() for item in self.objects],
            "not_compared": [list(pair) for pair in self.not_compared],
            "dependencies": [[list(a), list(b)] for a, b in self.dependencies],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Catalogue":
        """Read what `to_json` wrote."""
        return cls(
            data["server_version"],
            tuple(CatalogueObject.from_json(item) for item in data["objects"]),
            tuple((kind, count) for kind, count in data["not_compared"]),
            tuple(((a[0], a[1]), (b[0], b[1])) for a, b in data["dependencies"]),
        )


@dataclass(frozen=True, slots=True)
class Detail:
    """One property before and after."""

    property: str
    before: Property
    after: Property

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return {
            "property": self.property,
            "before": _to_json(self.before),
            "after": _to_json(self.after),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Detail":
        """Read what `to_json` wrote."""
        return cls(data["property"], _from_json(data["before"]), _from_json(data["after"]))


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; `identity` is the name before (of an added object: its name).

    A renamed object that also changed is one change with action "rename" and its details. Who owns
    an object and who may use it is told in a section of its own.
    """

    kind: str
    identity: str
    action: Action
    destructive: bool
    details: tuple[Detail, ...]
    new_identity: str | None = None
    section: Section = "structure"

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return {
            "kind": self.kind,
            "identity": self.identity,
            "action": self.action,
            "destructive": self.destructive,
            "details": [detail.to_json() for detail in self.details],
            "new_identity": self.new_identity,
            "section": self.section,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Change":
        """Read what `to_json` wrote."""
        return cls(
            data["kind"],
            data["identity"],
            data["action"],
            data["destructive"],
            tuple(Detail.from_json(detail) for detail in data["details"]),
            data["new_identity"],
            data.get("section", "structure"),
        )


@dataclass(frozen=True, slots=True)
class TableSize:
    """Rows as the server estimates them (-1 when never analysed) and bytes with indexes."""

    rows: float
    bytes: int

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return {"rows": self.rows, "bytes": self.bytes}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "TableSize":
        """Read what `to_json` wrote."""
        return cls(data["rows"], data["bytes"])


def _to_json(value: Property) -> Any:  # noqa: ANN401 (JSON data)
    return list(value) if isinstance(value, tuple) else value


def _from_json(value: Any) -> Property:  # noqa: ANN401 (JSON data)
    return tuple(value) if isinstance(value, list) else value
