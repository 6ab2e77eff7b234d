"""Who uses whom, down to the column: by this a generated migration is put in order."""

from collections.abc import Mapping

from vado.database import Answer, Question, Session, load_queries
from vado.schema.kinds import class_of
from vado.schema.model import Catalogue, CatalogueObject

Key = tuple[str, str]
Place = tuple[str, int, int]

_QUERIES = load_queries("vado.schema", "queries/links.sql")
_HOPS = 6


def read_links(session: Session, catalogue: Catalogue) -> frozenset[tuple[Key, Key]]:
    """Return pairs of (kind, identity): the first uses the second, in the database just read.

    The default of a column is the pair's ("default", identity of the column); what an extension
    brings along counts as the extension.
    """
    found = set()
    with session.asked((Question(_QUERIES["parts"]), Question(_QUERIES["links"]))) as answers:
        places = _Places(next(answers), catalogue)
        links = list(next(answers).tuples())
    for class_, oid, subid, needed_class, needed_oid, needed_subid in links:
        one = places.key((class_, oid, subid))
        other = places.key((needed_class, needed_oid, needed_subid))
        if one is not None and other is not None and one != other:
            found.add((one, other))
    return frozenset(found)


class _Places:
    """Turns entries of PostgreSQL's catalogues into objects of ours."""

    def __init__(self, parts: Answer, catalogue: Catalogue) -> None:
        self._objects: Mapping[Place, CatalogueObject] = {
            (class_of(item.kind), item.oid, item.subid): item for item in catalogue.objects
        }
        self._wholes: dict[tuple[str, int], Place] = {
            (row["class"], row["oid"]): (row["whole_class"], row["whole_oid"], row["whole_subid"])
            for row in parts.rows()
        }

    def key(self, place: Place) -> Key | None:
        for _ in range(_HOPS):
            if (item := self._objects.get(place)) is not None:
                return item.kind, item.identity
            if place[0] == "pg_attrdef" and place[2]:
                return self._default(place)
            if place[2] and (item := self._objects.get((*place[:2], 0))) is not None:
                return item.kind, item.identity
            whole = self._wholes.get(place[:2])
            if whole is None:
                return None
            place = whole
        return None

    def _default(self, place: Place) -> Key | None:
        column = self._objects.get(("pg_class", *place[1:]))
        if column is None:  # of a view: a part of it
            return self.key(("pg_class", place[1], 0))
        return "column" if column.text("generated") else "default", column.identity
