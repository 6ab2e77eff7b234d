"""What must run before what, and the statements in an order that keeps to it."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from vado.generate.carrying import Carrier
from vado.generate.creation import Maker, Remover
from vado.generate.fates import Fates
from vado.generate.graph import circle, in_order
from vado.generate.heirs import Rehook, moved_columns, rehook_statements
from vado.generate.model import Action, Key, Manner, Written
from vado.generate.nodes import Node, Nodes
from vado.generate.row_order import row_edges
from vado.generate.sides import Side
from vado.generate.spelling import faithful

_KINDS = (
    "schema", "extension", "language", "access_method", "foreign_data_wrapper",
    "foreign_server", "user_mapping", "collation", "shell_type", "shell", "base_type", "enum",
    "composite", "range", "domain", "text_search_parser", "text_search_template",
    "text_search_dictionary", "text_search_configuration", "conversion", "sequence",
    "function", "procedure", "aggregate", "operator_family", "operator", "operator_class",
    "members", "cast", "transform", "table", "foreign_table", "inheritance", "column",
    "default", "ownership", "index", "constraint", "attachment", "statistics", "view",
    "materialized_view", "rule", "trigger", "policy", "publication", "subscription",
    "privileges", "default_privileges", "event_trigger",
)  # fmt: skip
_RANKS = {kind: rank for rank, kind in enumerate(_KINDS)}
_STEPS = {"save": 0, "release": 0, "alter": 1, "create": 2, "bind": 3, "fill": 4}
# Names that exclude each other: those of relations with indexes, and those of types with relations.
_RELATION_NAMES = frozenset({"table", "foreign_table", "view", "materialized_view", "sequence",
                             "index", "composite"})  # fmt: skip
_TYPE_NAMES = frozenset({"table", "foreign_table", "view", "materialized_view", "composite", "enum",
                         "domain", "range", "base_type", "shell_type"})  # fmt: skip
_ROUTINES = frozenset({"function", "procedure", "aggregate"})
# What a circle is cut at: a statement of its own can make it after its table, or drop it before.
_SEPARABLE = {
    "create": frozenset({"default", "constraint"}),
    "drop": frozenset({"default", "constraint", "index"}),
}


class Order:
    """The nodes of one migration and who waits for whom."""

    def __init__(self, before: Side, after: Side, fates: Fates, manner: Manner) -> None:
        self._before = before
        self._after = after
        self._fates = fates
        self._manner = manner
        self._apart: set[Key] = set()
        self._begin()

    def _begin(self) -> None:
        self._maker = Maker(self._after, self._fates, self._manner, self._apart)
        self._remover = Remover(self._before, self._fates, self._manner, self._apart)
        self._at = Nodes(self._fates, self._maker, self._remover)
        self._waits: dict[Node, set[Node]] = {}
        self._nodes: dict[Node, None] = {}
        self._place_nodes()
        self._place_alterations()
        self._place_edges()

    def written(self) -> Iterator[Written]:
        """Yield the statements in their order."""
        for action, key in self._sorted():
            if text := self._text(action, key):
                yield Written(key[0], key[1], action, text)

    def _sorted(self) -> list[Node]:
        while True:
            ordered, left = in_order(self._nodes, self._waits, self._rank)
            if not left:
                return ordered
            members = circle(left, self._waits)
            if parts := self._separable(members):
                self._apart |= parts
                self._begin()
            else:
                # Nothing to cut at: what comes of it is shown by trying it.
                self._waits[members[0]].discard(members[1 % len(members)])

    def _separable(self, members: list[Node]) -> set[Key]:
        found = set()
        for action, whole in members:
            side = self._after if action == "create" else self._before
            whole_of = self._at.create if action == "create" else self._at.drop
            if action not in _SEPARABLE:
                continue
            inside = [*side.belongings.get(whole, ()), *self._defaults(side, whole)]
            for key in inside:
                item = side.objects[key]
                if key[0] not in _SEPARABLE[action] or key in self._apart or item.text("generated"):
                    continue
                if whole_of(key) == (action, whole) and self._leads_on(side, key, members):
                    found.add(key)
        return found

    def _defaults(self, side: Side, whole: Key) -> list[Key]:
        columns = [key for key in side.belongings.get(whole, ()) if key[0] == "column"]
        if whole[0] == "column":
            columns = [whole]
        found = [("default", key[1]) for key in columns]
        return [key for key in found if key in side.objects]

    def _leads_on(self, side: Side, key: Key, members: list[Node]) -> bool:
        others = {member[1] for member in members}
        node = self._at.create if side is self._after else self._at.drop
        around = side.uses.get(key, frozenset())
        return any((found := node(other)) and found[1] in others for other in around)

    def _place_nodes(self) -> None:
        fates = self._fates
        for key in fates.removed | fates.rebuilt:
            if self._at.drop(key) == ("drop", key):
                self._nodes["drop", key] = None
        for key in fates.added | fates.rebuilt:
            if self._at.create(key) == ("create", key) and not self._maker.silent(key):
                self._nodes["create", key] = None
        for key in fates.carried:
            self._nodes |= {("save", key): None, ("fill", key): None}
        for key in fates.rehooked:
            self._nodes["bind", key] = None

    def _place_alterations(self) -> None:
        for key, found in self._fates.altered.items():
            steps: list[Action] = []
            steps += ["release"] if found.release else []
            steps += ["alter"] if found.main else []
            steps += ["bind"] if found.bind else []
            for step in steps:
                self._nodes[step, key] = None
            for first, then in pairwise(steps):
                self._wait((then, key), (first, key))

    def _place_edges(self) -> None:
        self._from_edges()
        self._to_edges()
        self._name_edges()
        self._parent_edges()
        for node, first in row_edges(self._before, self._after, self._fates, self._at):
            self._wait(node, first)

    def _parent_edges(self) -> None:
        """Let tables leave their parents before those lose what is to stay with the tables."""
        for table, rehook in self._fates.rehooked.items():
            left = [self._before.objects[key].text("of") or "" for key in rehook.leaves]
            belonging = [self._before.belongings.get(("table", name), ()) for name in left]
            for key in (*rehook.orphans, *(key for keys in belonging for key in keys)):
                if key not in self._after.objects:
                    self._wait(self._at.drop(key), ("bind", table))
            self._join_checks(rehook, ("bind", table))
        for lost, given in moved_columns(self._before, self._after):
            if lost not in self._after.objects and given not in self._before.objects:
                self._wait(self._at.drop(lost), self._at.create(given))

    def _join_checks(self, rehook: Rehook, node: Node) -> None:
        """Let a table join its parents when those have the checks that it is to take over."""
        for parent in rehook.joins:
            table = ("table", self._after.objects[parent].text("of") or "")
            for key in self._after.belongings.get(table, ()):
                if self._after.objects[key].text("type") == "check":
                    self._wait(node, self._at.create(key))

    def _from_edges(self) -> None:
        handed_down = self._let_pass_first()
        for one, other in self._before.links | self._before.sequels:
            ends = self._at.ends(one)
            node = self._at.drop(other)
            if ends is None or {(one, other), (one, node and node[1])} & handed_down:
                continue
            if self._goes_with_table(other, one):
                continue
            self._wait(node, ends)
            aside = one in self._fates.swapped
            if other in self._fates.swapped and self._fates.gone(one) and not aside:
                self._wait(self._at.create(other), ends)
            if ends[0] in {"drop", "release"}:
                self._wait(self._at.altered(other, "alter"), ends)

    def _goes_with_table(self, key: Key, source: Key) -> bool:
        """Say whether it was taken over from a whole, and goes with the partition it is on."""
        item = self._before.objects[key]
        if item.text("inherits_from") != source[1]:
            return False
        table = self._before.parents.get(item.parent or "")
        return table is not None and self._fates.gone(table)

    def _let_pass_first(self) -> set[tuple[Key, Key]]:
        """Let partitions be detached for a while only after what their whole hands down to them.

        Returns the pairs of both: whoever is attached is reached, whoever is not is left behind.
        """
        found = set(self._handed_down())
        for place, part in found:
            steps: list[Action] = ["drop"]
            if part[0] == "column" or part not in self._before.objects:
                steps += ["alter", "create"]
            for step in steps:
                if (step, part) in self._nodes:
                    self._wait(self._at.drop(place), (step, part))
        return found

    def _handed_down(self) -> Iterator[tuple[Key, Key]]:
        """Yield the partitions that are detached for a while, each with parts of its whole."""
        for place in self._fates.rebuilt:
            whole = self._before.objects[place].text("of") if place[0] == "attachment" else None
            if whole is None or self._after.objects[place].text("of") != whole:
                continue
            for side in (self._before, self._after):
                for part in side.belongings.get(side.parents[whole], ()):
                    check = side.objects[part].text("type") == "check"
                    goes = side is self._before and part[0] in {"index", "constraint"}
                    if part[0] == "column" or check or goes:
                        yield place, part

    def _to_edges(self) -> None:
        for one, other in self._after.links | self._after.sequels:
            starts = self._at.starts(one)
            if starts is None:
                continue
            self._wait(starts, self._at.create(other))
            for step in ("alter", "bind"):
                self._wait(starts, self._at.altered(other, step))

    def _name_edges(self) -> None:
        names: dict[tuple[str, str], list[Node]] = {}
        for key in self._fates.removed | (self._fates.rebuilt - self._fates.swapped):
            if node := self._at.drop(key):
                for name in _names(key):
                    names.setdefault(name, []).append(node)
        for key in self._fates.added | (self._fates.rebuilt - self._fates.swapped):
            node = self._at.create(key)
            for name in _names(key) if node else ():
                for dropped in names.get(name, ()):
                    self._wait(node, dropped)

    def _wait(self, node: Node | None, first: Node | None) -> None:
        if node is not None and first is not None and node != first and node in self._nodes:
            self._waits.setdefault(node, set()).add(first)

    def _text(self, action: Action, key: Key) -> str:
        if action == "drop":
            return self._remover.drop(key)
        if action == "create":
            return faithful(self._maker.create(key))
        if action == "bind" and (rehook := self._fates.rehooked.get(key)) is not None:
            return rehook_statements(rehook, key[1], self._before, self._after)
        if action in {"save", "fill"}:
            carrier = Carrier(self._before, self._after, self._fates)
            write = carrier.save if action == "save" else carrier.fill
            return write(self._fates.carried[key])
        found = self._fates.altered[key]
        lines: Iterable[str] = {
            "release": found.release,
            "alter": found.main,
            "bind": found.bind,
        }[action]
        return faithful("\n".join(lines))

    def _rank(self, node: Node) -> tuple[int, int, str, int]:
        action, key = node
        rank = _RANKS.get(key[0], len(_RANKS))
        if action == "drop":
            return 0, -rank, key[1], 0
        return 1, rank, key[1], _STEPS[action]


def _names(key: Key) -> Iterator[tuple[str, str]]:
    kind, identity = key
    if kind in _RELATION_NAMES:
        yield "relation", identity
    if kind in _TYPE_NAMES:
        yield "type", identity
    if kind in _ROUTINES:
        yield "routine", identity
    if kind == "constraint":
        # The index of a key is called like it.
        table, _, name = identity.rpartition(".")
        yield "relation", f"{table.rpartition('.')[0]}.{name}"
    if kind not in _RELATION_NAMES | _TYPE_NAMES | _ROUTINES:
        yield kind, identity
