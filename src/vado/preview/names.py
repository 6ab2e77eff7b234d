"""Which objects a list of changes touches, on either side."""

from collections.abc import Iterator, Sequence

from vado.schema import Catalogue, CatalogueObject, Change

_OWNERS = ("table", "foreign_table", "view", "materialized_view", "domain", "composite")
_PARTS_OF_TABLES = frozenset({"column", "constraint", "index", "trigger", "policy", "rule"})


def touched(
    before: Catalogue, after: Catalogue, changes: Sequence[Change]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the identities to show on each side: what changed, and the tables it belongs to.

    Both catalogues are of one database, so a table that is shown on one side is shown on the other
    as well, whatever it is called there.
    """
    oids = {
        shown.oid
        for catalogue in (before, after)
        for change in changes
        for shown in _shown(catalogue, change)
    }
    return frozenset(_of(before, oids)), frozenset(_of(after, oids))


def _of(catalogue: Catalogue, oids: set[int]) -> Iterator[str]:
    """Yield these objects, and of tables also their indexes, keys and triggers."""
    for item in catalogue.objects:
        if item.oid in oids and not item.subid:
            yield item.identity
            if item.kind in _OWNERS:
                yield from (part.identity for part in catalogue.by_parent.get(item.identity, ()))


def _shown(catalogue: Catalogue, change: Change) -> Iterator[CatalogueObject]:
    for identity in (change.identity, change.new_identity):
        found = None if identity is None else catalogue.find(change.kind, identity)
        if found is None:
            continue
        if found.parent is not None and found.kind in _PARTS_OF_TABLES:
            owners = (catalogue.find(kind, found.parent) for kind in _OWNERS)
            yield from (owner for owner in owners if owner is not None)
        else:
            yield found
