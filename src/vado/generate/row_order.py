"""When rows leave the tables that are made again, and when they arrive."""

from collections.abc import Iterator

from vado.generate.families import Carried, Families
from vado.generate.fates import Fates
from vado.generate.model import Key
from vado.generate.nodes import Node, Nodes
from vado.generate.sides import Side

Edge = tuple[Node | None, Node | None]

# Made only when the rows are there: they would watch them come, or look for them.
_BEHIND = frozenset({"trigger", "rule", "view", "materialized_view"})


def row_edges(before: Side, after: Side, fates: Fates, at: Nodes) -> Iterator[Edge]:
    """Yield the pairs of nodes of which the first waits for the second."""
    families = Families(after)
    for key, carried in fates.carried.items():
        yield from _saved(before, carried, ("save", key), at)
        for key_loosened in carried.loosened:
            yield ("save", key), at.drop(key_loosened)
            yield at.create(key_loosened), ("fill", key)
        for name in families.members(carried.target):
            yield from _filled(after, ("table", name), ("fill", key), at)


def _saved(before: Side, carried: Carried, saved: Node, at: Nodes) -> Iterator[Edge]:
    for name in carried.members:
        key = ("table", name)
        for part in (key, *before.belongings.get(key, ())):
            yield at.drop(part), saved
        for whole in before.tables_above(name):
            # By these a part may have been partitioned.
            for part in before.belongings.get(("table", whole), ()):
                if part[0] == "column":
                    yield at.drop(part), at.drop(key)
    for name in carried.detached:
        yield saved, at.drop(("attachment", name))


def _filled(after: Side, table: Key, filled: Node, at: Nodes) -> Iterator[Edge]:
    own = after.belongings.get(table, ())
    columns = [key for key in own if key[0] == "column"]
    defaults = [("default", identity) for _, identity in columns]
    for key in (table, ("attachment", table[1]), *columns, *defaults):
        yield filled, at.create(key)
        yield filled, at.altered(key, "alter")
    for part in (table, *own):
        for user in (part, *after.used_by.get(part, ())):
            if user[0] in _BEHIND or after.objects[user].text("type") == "foreign_key":
                yield at.starts(user), filled
