"""In which order objects can be made: as kinds usually stand, and by who needs whom."""

from collections.abc import Mapping, Sequence

from vado.schema.kinds import rank
from vado.schema.model import Catalogue, CatalogueObject

Key = tuple[str, str]


def creation_order(catalogue: Catalogue, wanted: Sequence[Key]) -> dict[Key, int]:
    """Return the places of objects of a catalogue in an order in which they can be made."""
    needs: dict[Key, list[Key]] = {}
    for one, other in catalogue.dependencies:
        needs.setdefault(one, []).append(other)
    for key in wanted:
        item = catalogue.find(*key)
        if item is not None and item.kind == "column":
            # Who needs the table may need what its columns have become.
            for kind in ("table", "foreign_table"):
                needs.setdefault((kind, item.parent or ""), []).append(key)
        elif item is not None:
            needs.setdefault(key, []).extend(_above(item, catalogue))
    ordered = in_order(wanted, needs)
    return {key: number for number, key in enumerate(ordered)}


def _above(item: CatalogueObject, catalogue: Catalogue) -> list[Key]:
    wanted = {item.parent, item.text("references"), *item.texts("inherits")}
    kinds = ("schema", "table", "foreign_table", "view", "materialized_view", "domain")
    return [(kind, name) for name in wanted if name for kind in kinds if catalogue.find(kind, name)]


def in_order(keys: Sequence[Key], needs: Mapping[Key, Sequence[Key]]) -> list[Key]:
    """Return keys as given, with what a thing needs pulled before it; circles are cut."""
    ordered: dict[Key, None] = {}
    begun: set[Key] = set()
    # Not recursive: views may stand on views by the thousand.
    stack = [(key, False) for key in reversed(keys)]
    while stack:
        key, complete = stack.pop()
        if complete:
            ordered[key] = None
        elif key not in begun:
            begun.add(key)
            stack.append((key, True))
            others = sorted(set(needs.get(key, ())), key=place, reverse=True)
            stack.extend((other, False) for other in others)
    return list(ordered)


def place(key: Key) -> tuple[int, str]:
    """Return where a thing stands as long as nothing else is known."""
    # Of constraints only foreign keys are made on their own.
    return rank("foreign_key" if key[0] == "constraint" else key[0]), key[1]
