"""Where the objects of one reading are put, and found again by their places."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Any, LiteralString, NamedTuple

from vado.database import Answer
from vado.schema.hanging import Hanging, Key
from vado.schema.kinds import class_of
from vado.schema.model import CatalogueObject, Property

Row = dict[str, Any]
Properties = dict[str, Property]
# A part of a reading: it says what it asks, and goes on when the answers are there, in their order.
Part = Generator[Sequence[LiteralString], Iterator[Answer], None]

# Their columns are not objects of their own: what hangs on those is told with the whole.
_WITH_PARTS = frozenset({"view", "materialized_view", "composite"})
_EMPTY: tuple[Any, ...] = ([], ())


class ColumnPlace(NamedTuple):
    """Which column it is, and the digest of what is stored of it."""

    oid: int
    number: int
    identity: str
    parent: str
    stored: str


class Shelf:
    """The objects read so far, parents before what belongs to them."""

    def __init__(self, server_version: int) -> None:
        self.server_version = server_version
        self.hanging = Hanging()
        self.objects: list[CatalogueObject] = []
        self.keys: dict[Key, CatalogueObject] = {}
        self.names: dict[tuple[int, int], str] = {}
        self._shared: dict[tuple[object, ...], Properties] = {}

    def relation(self, oid: int) -> CatalogueObject | None:
        """Return the table, view or sequence of this OID; None when it is not ours."""
        return self.keys.get(("pg_class", oid, 0))

    def column_names(self, relation: int, numbers: Sequence[int] | None) -> tuple[str, ...]:
        """Return the names of columns, "" for an expression."""
        return tuple(self.names.get((relation, number), "") for number in numbers or ())

    def add_below(self, row: Row, kind: str, owner: Key) -> None:
        """Add what belongs to another object and is named within it, if that one is ours."""
        above = self.keys.get(owner)
        if above is not None:
            row["identity"] = f"{above.identity}.{row.pop('name')}"
            row["parent"] = above.identity
            self.add(row, kind)

    def add_column(
        self, place: ColumnPlace, names: Sequence[str], values: tuple[object, ...], more: Row
    ) -> None:
        """Add a column; there are tens of thousands, most of them like many others."""
        key = ("pg_class", place.oid, place.number)
        hanging = self.hanging.on(key)
        if hanging or more:
            properties = kept([*zip(names, values, strict=True), *more.items(), *hanging.items()])
        elif (found := self._shared.get(values)) is not None:
            properties = found
        else:
            properties = self._shared[values] = kept(zip(names, values, strict=True))
        item = CatalogueObject(
            "column",
            place.identity,
            place.oid,
            place.number,
            place.parent,
            properties,
            None,
            place.stored,
        )
        self.objects.append(item)
        self.keys[key] = item

    def add(self, row: Row, kind: str | None = None) -> None:
        """Add an object; what is no field of it is a property."""
        kind = kind or row.pop("kind")
        assert isinstance(kind, str)  # noqa: S101 (said by the query)
        key = (class_of(kind), row.pop("oid"), row.pop("subid", 0))
        item = CatalogueObject(
            kind,
            row.pop("identity"),
            key[1],
            key[2],
            row.pop("parent", None),
            definition=row.pop("definition", None),
            stored=row.pop("stored", None),
            properties=self._properties(row, key, kind),
        )
        self.objects.append(item)
        self.keys[key] = item

    def _properties(self, row: Row, key: Key, kind: str) -> Properties:
        hanging = self.hanging.on(key)
        if kind in _WITH_PARTS:
            hanging = {**hanging, **self.hanging.on_parts(key)}
        if hanging:
            return kept([*row.items(), *hanging.items()])
        return kept(row.items())


def kept(entries: Iterable[tuple[str, Any]]) -> Properties:
    """Keep what is not absent, false or empty: of most properties of most objects, nothing."""
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in entries
        if value is not None and value is not False and value not in _EMPTY
    }
