"""What becomes of each object: kept, altered, dropped, made, or dropped and made again."""

from dataclasses import dataclass, field

from vado.generate.families import Carried
from vado.generate.heirs import Rehook
from vado.generate.model import Alteration, Cannot, Key
from vado.generate.sides import PARTS
from vado.schema import CatalogueObject, Detail, differences
from vado.sql import canonical_expression

# They follow from others: no statement sets them.
_NOT_ALTERED = frozenset({"inherited", "inherits_from", "not_null_inherited", "of"})


@dataclass
class Fates:
    """The sets of objects by what becomes of them; `rebuilt` ones are in neither of the others.

    `carried` are tables that are made again, and how their rows get there; `rehooked` are tables
    that change parents at one go.
    """

    added: set[Key] = field(default_factory=set)
    removed: set[Key] = field(default_factory=set)
    rebuilt: set[Key] = field(default_factory=set)
    altered: dict[Key, Alteration] = field(default_factory=dict)
    swapped: set[Key] = field(default_factory=set)
    carried: dict[Key, Carried] = field(default_factory=dict)
    rehooked: dict[Key, Rehook] = field(default_factory=dict)
    cannot: list[Cannot] = field(default_factory=list)

    def gone(self, key: Key) -> bool:
        """Say whether the object is dropped, for good or for a moment."""
        return key in self.removed or key in self.rebuilt

    def made(self, key: Key) -> bool:
        """Say whether the object is created."""
        return key in self.added or key in self.rebuilt

    def hook(self, key: Key) -> Key | None:
        """Return the table with whose change of parents this comes or goes."""
        for table, rehook in self.rehooked.items():
            if key in (*rehook.leaves, *rehook.joins, *rehook.born):
                return table
        return None

    def orphaned(self, key: Key) -> bool:
        """Say whether it is dropped by itself, as its table has left the parents that had it."""
        return any(key in rehook.orphans for rehook in self.rehooked.values())


def differing(before: CatalogueObject, after: CatalogueObject) -> dict[str, Detail]:
    """Return the properties in which two objects differ that statements can set."""
    if before.properties == after.properties and before.definition == after.definition:
        return {}
    details = {d.property: d for d in differences(before, after, same_database=False)}
    if before.kind in PARTS:
        one, other = before.definition or "", after.definition or ""
        if canonical_expression(one) != canonical_expression(other):
            details["definition"] = Detail("definition", one, other)
    return {name: detail for name, detail in details.items() if name not in _NOT_ALTERED}
