"""Which object of one catalogue is which of the other."""

from dataclasses import dataclass

from vado.schema.loss import HOLDING
from vado.schema.model import Catalogue, CatalogueObject
from vado.schema.names import before_arguments


@dataclass(frozen=True, slots=True)
class Match:
    """One object in two catalogues; `same` when it is the very object, not one made anew."""

    before: CatalogueObject
    after: CatalogueObject
    same: bool
    renamed: bool


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs that may differ, and what has no partner; what is plainly equal is not kept."""

    matched: tuple[Match, ...]
    added: tuple[CatalogueObject, ...]
    removed: tuple[CatalogueObject, ...]


def match_by_identity(before: Catalogue, after: Catalogue) -> Matching:
    """Match objects of two databases by kind and identity."""
    return Matching(
        tuple(
            Match(item, other, same=True, renamed=False)
            for key, item in before.by_identity.items()
            if (other := after.by_identity.get(key)) is not None
            # The columns of a table may stand in another order though the table is the same.
            and (item.kind == "table" or not _equal(item, other))
        ),
        tuple(item for key, item in after.by_identity.items() if key not in before.by_identity),
        tuple(item for key, item in before.by_identity.items() if key not in after.by_identity),
    )


def match_by_oid(before: Catalogue, after: Catalogue) -> Matching:
    """Match objects of one database by OID and column number.

    What was dropped and made again under its name has another OID. For kinds without data (a view,
    a function, an index) the two are still one object to the reader; a table, a column or a
    sequence made again is another one, since what it held is gone.
    """
    old = {(item.kind, item.oid, item.subid): item for item in before.objects}
    new = {(item.kind, item.oid, item.subid): item for item in after.objects}
    pairs = [(item, new[key]) for key, item in old.items() if key in new]
    names = _Names(before, pairs)
    matched = [
        Match(item, other, same=True, renamed=names.renamed(item, other))
        for item, other in pairs
        if item.identity != other.identity or not _equal(item, other)
    ]
    missing = {
        (item.kind, names.expected(item)): item
        for key, item in old.items()
        if key not in new and item.kind not in HOLDING
    }
    found = [item for key, item in new.items() if key not in old]
    added = []
    for item in found:
        earlier = missing.pop((item.kind, item.identity), None)
        if earlier is None:
            added.append(item)
        else:
            matched.append(Match(earlier, item, same=False, renamed=False))
    lost = {id(item) for item in missing.values()}
    removed = [
        item
        for key, item in old.items()
        if key not in new and (item.kind in HOLDING or id(item) in lost)
    ]
    return Matching(tuple(matched), tuple(added), tuple(removed))


def _equal(item: CatalogueObject, other: CatalogueObject) -> bool:
    return item.definition == other.definition and item.properties == other.properties


class _Names:
    """What an object is called once the objects around it have their new names."""

    def __init__(
        self, before: Catalogue, pairs: list[tuple[CatalogueObject, CatalogueObject]]
    ) -> None:
        self._schemas = {item.identity: item.parent for item in before.of_kind(*_IN_SCHEMAS)}
        self._moves = {
            item.identity: other
            for item, other in pairs
            if item.identity != other.identity and item.kind in _CONTAINERS
        }

    def expected(self, item: CatalogueObject) -> str:
        """Return the identity the object has if nobody renamed the object itself."""
        if not self._moves or item.parent is None:
            return item.identity
        companion = item.parent if item.kind in _NAMED_BESIDE else item.text("owned_by_table")
        if companion is not None:
            return self._beside(item, companion)
        moved = self._moves.get(item.parent)
        return item.identity if moved is None else moved.identity + _own_name(item, item.parent)

    def _beside(self, item: CatalogueObject, table: str) -> str:
        """Follow the table: an index, or the sequence of a column, stands in its schema."""
        schema, moved = self._schemas.get(table), self._moves.get(table)
        if schema is None or moved is None or moved.parent is None:
            return item.identity
        return moved.parent + _own_name(item, schema)

    def renamed(self, item: CatalogueObject, other: CatalogueObject) -> bool:
        """Say whether the object itself got another name."""
        if item.identity == other.identity:
            return False
        expected = self.expected(item)
        if item.kind in _CALLED:
            # The names of argument types stand in the identity: only its front is its own name.
            return before_arguments(expected) != before_arguments(other.identity)
        return expected != other.identity


def _own_name(item: CatalogueObject, container: str) -> str:
    return item.identity[len(container) :]


_IN_SCHEMAS = ("table", "foreign_table", "view", "materialized_view")
_CONTAINERS = frozenset({"schema", "domain", *_IN_SCHEMAS})
# They belong to a table, but their names stand in its schema.
_NAMED_BESIDE = frozenset({"index", "statistics"})
_CALLED = frozenset({"function", "procedure", "aggregate"})
