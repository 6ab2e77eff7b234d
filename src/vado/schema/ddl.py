"""The schema as readable SQL that loads into an empty database.

One block per object, in an order that runs: as kinds usually stand, and by the dependencies that
PostgreSQL keeps where that is not enough. The order depends on nothing but names and dependencies,
so two schemas can be read side by side.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from vado.schema.kinds import rank
from vado.schema.model import Catalogue, CatalogueObject
from vado.schema.order import in_order, place
from vado.schema.rare_statements import family_members, shell_type
from vado.schema.table_statements import Writer

_LATE = rank("index")

# Bodies may name what is made later; the server checks them when they run.
_HEADER = "SET check_function_bodies = off;"

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Block:
    """The statements of one object, and the identities that are told in it."""

    text: str
    told: frozenset[str]


def render_ddl(catalogue: Catalogue, only: Collection[str] | None = None) -> str:
    """Return the schema as SQL; with *only*, just the blocks that tell of these identities.

    A table's block holds its columns and all constraints but foreign keys, which come after all
    tables. Owners are not written: whoever runs it owns what it makes.
    """
    writer = Writer(catalogue)
    blocks = {
        (item.kind, item.identity): _Block(text, writer.told(item))
        for item in catalogue.objects
        if (text := writer.write(item))
    }
    blocks.update(_shells(catalogue, blocks))
    wanted = None if only is None else frozenset(only)
    texts = [
        blocks[key].text
        for key in in_order(sorted(blocks, key=place), _needs(catalogue, blocks))
        if key in blocks and (wanted is None or blocks[key].told & wanted)
    ]
    if wanted is None and catalogue.of_kind("function", "procedure"):
        texts.insert(0, _HEADER)
    return "\n\n".join(texts) + "\n" if texts else ""


def _shells(catalogue: Catalogue, blocks: Mapping[Key, _Block]) -> dict[Key, _Block]:
    """Return the blocks of types whose functions must know them first, and of loose members."""
    found = {}
    for one, other in catalogue.dependencies:
        item = catalogue.find(*one)
        if other[0] == "function" and item is not None and one in blocks and _is_typed(item):
            shell = "\n".join(shell_type(item))
            found["shell_type", item.identity] = _Block(shell, frozenset({item.identity}))
    for item in catalogue.of_kind("operator_family"):
        if text := "\n".join(family_members(item)):
            key = ("operator_family_members", item.identity)
            found[key] = _Block(text, frozenset({item.identity}))
    return found


def _is_typed(item: CatalogueObject) -> bool:
    return item.kind == "base_type" or (item.kind == "range" and item.text("canonical") is not None)


def _needs(catalogue: Catalogue, blocks: Mapping[Key, _Block]) -> dict[Key, list[Key]]:
    needs: dict[Key, list[Key]] = {}
    for one, other in catalogue.dependencies:
        if one in blocks and other in blocks and place(one)[0] < _LATE:
            shell = ("shell_type", other[1])
            known = one[0] == "function" and shell in blocks
            needs.setdefault(one, []).append(shell if known else other)
    for kind, identity in blocks:
        if kind == "operator_family_members":
            needs.setdefault((kind, identity), []).extend(
                needs.pop(("operator_family", identity), [])
            )
    for item in catalogue.objects:
        key = (item.kind, item.identity)
        if table := item.text("owned_by_table"):
            # The block of the table says that it owns the sequence.
            needs.setdefault(("table", table), []).append(key)
        elif item.kind == "index" and (above := item.text("inherits_from")):
            # Made on the partition first, it is taken into the index of the whole by that name.
            needs.setdefault(("index", above), []).append(key)
    return needs
