"""The schema as readable SQL that loads into an empty database.

One block per object, in an order that runs: as kinds usually stand, and by the dependencies that
PostgreSQL keeps where that is not enough. The order depends on nothing but names and dependencies,
so two schemas can be read side by side.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from vado.schema.model import Catalogue
from vado.schema.table_statements import Writer

_ORDER = (
    "schema", "extension", "foreign_data_wrapper", "foreign_server", "collation", "enum",
    "composite", "range", "domain", "sequence", "function", "procedure", "aggregate", "cast",
    "operator", "table", "foreign_table", "view", "materialized_view", "index", "constraint",
    "statistics", "rule", "trigger", "policy", "event_trigger", "publication",
    "default_privileges",
)  # fmt: skip
_RANKS = {kind: rank for rank, kind in enumerate(_ORDER)}
_LATE = _RANKS["index"]

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
    wanted = None if only is None else frozenset(only)
    texts = [
        blocks[key].text
        for key in _in_order(blocks, _needs(catalogue, blocks))
        if wanted is None or blocks[key].told & wanted
    ]
    if wanted is None and catalogue.of_kind("function", "procedure"):
        texts.insert(0, _HEADER)
    return "\n\n".join(texts) + "\n" if texts else ""


def _needs(catalogue: Catalogue, blocks: Mapping[Key, _Block]) -> dict[Key, list[Key]]:
    needs: dict[Key, list[Key]] = {}
    for one, other in catalogue.dependencies:
        if one in blocks and other in blocks and _RANKS[one[0]] < _LATE:
            needs.setdefault(one, []).append(other)
    for item in catalogue.objects:
        key = (item.kind, item.identity)
        if table := item.text("owned_by_table"):
            # The block of the table says that it owns the sequence.
            needs.setdefault(("table", table), []).append(key)
        elif item.kind == "index" and (above := item.text("inherits_from")):
            # Made on the partition first, it is taken into the index of the whole by that name.
            needs.setdefault(("index", above), []).append(key)
    return needs


def _in_order(blocks: Collection[Key], needs: Mapping[Key, list[Key]]) -> list[Key]:
    """Sort by kind and name, with what a thing needs pulled before it; circles are cut."""
    ordered: dict[Key, None] = {}
    begun: set[Key] = set()
    # Not recursive: views may stand on views by the thousand.
    stack = [(key, False) for key in sorted(blocks, key=_rank, reverse=True)]
    while stack:
        key, complete = stack.pop()
        if complete:
            ordered[key] = None
        elif key not in begun:
            begun.add(key)
            stack.append((key, True))
            others = [other for other in needs.get(key, ()) if other in blocks]
            stack.extend((other, False) for other in sorted(others, key=_rank, reverse=True))
    return list(ordered)


def _rank(key: Key) -> tuple[int, str]:
    return _RANKS.get(key[0], len(_RANKS)), key[1]
