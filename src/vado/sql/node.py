"""A thin view over the parse tree, so that no other room depends on the parser.

Names of nodes and fields are PostgreSQL's own (`AlterTableStmt`, `relname`, ...).
"""

from collections.abc import Iterator
from typing import Any


class Node:
    """One node of a parse tree; a field that is absent reads as empty."""

    __slots__ = ("_fields", "kind")

    def __init__(self, kind: str, fields: dict[str, Any]) -> None:
        self.kind = kind
        self._fields = fields

    def text(self, field: str) -> str:
        """Return a text field, "" when absent."""
        value = self._fields.get(field)
        return value if isinstance(value, str) else ""

    # The name of an enumerated value, such as "DROP_CASCADE".
    enum = text

    def flag(self, field: str) -> bool:
        """Return a true-or-false field."""
        return self._fields.get(field, False) is True

    def number(self, field: str) -> int:
        """Return a whole-number field, 0 when absent."""
        value = self._fields.get(field, 0)
        return value if isinstance(value, int) else 0

    def has(self, field: str) -> bool:
        """Say whether *field* is present at all."""
        return field in self._fields

    def node(self, field: str) -> "Node | None":
        """Return the node in *field*, whether its kind is written there or known from the field."""
        value = self._fields.get(field)
        return _as_node(field, value) if isinstance(value, dict) else None

    def nodes(self, field: str) -> tuple["Node", ...]:
        """Return the nodes of a list field."""
        value = self._fields.get(field)
        if not isinstance(value, list):
            return ()
        # A list first: a generator inside tuple() takes half as long again.
        return tuple([_as_node(field, item) for item in value if isinstance(item, dict) and item])

    def names(self, field: str) -> tuple[str, ...]:
        """Return a list of names (a qualified name, for example) as texts."""
        value = self._fields.get(field)
        if not isinstance(value, list):
            return ()
        strings = [item["String"] for item in value if isinstance(item, dict) and "String" in item]
        return tuple([string.get("sval", "") for string in strings])

    def walk(self) -> Iterator["Node"]:
        """Yield this node and all below it, in no promised order."""
        waiting: list[tuple[str, Any]] = [(self.kind, self._fields)]
        while waiting:
            kind, value = waiting.pop()
            if isinstance(value, list):
                waiting.extend((kind, item) for item in value)
            elif isinstance(value, dict):
                node = _as_node(kind, value)
                yield node
                waiting.extend(node._fields.items())

    @property
    def fields(self) -> dict[str, Any]:
        """The plain data below this node, as the parser gave it."""
        return self._fields

    def __repr__(self) -> str:
        return f"Node({self.kind}, {self._fields})"


def _as_node(field: str, value: dict[str, Any]) -> Node:
    """Unwrap `{"Kind": {...}}`; kinds begin with a capital letter, fields never do."""
    if len(value) == 1:
        [(kind, fields)] = value.items()
        if kind < "a" and isinstance(fields, dict):
            return Node(kind, fields)
    return Node(field, value)
