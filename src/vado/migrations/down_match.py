"""Finding, in a *down* section, the author's own statement for what another one would take back."""

from collections.abc import Sequence
from dataclasses import dataclass

from vado.migrations.spelling import type_name
from vado.sql import Node, Statement, parse_script

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Does:
    """What a statement does to which object; names are compared from their ends."""

    what: tuple[str, ...]
    name: Name

    def like(self, other: "_Does") -> bool:
        shorter = min(len(self.name), len(other.name))
        return (
            shorter > 0
            and self.what == other.what
            and self.name[-shorter:] == other.name[-shorter:]
        )


def own_words(inverse: str, down: Sequence[Statement]) -> Statement | None:
    """Return the statement of *down* that does the same as *inverse*, though written otherwise."""
    statements = parse_script(inverse).statements
    wanted = _does(statements[0]) if len(statements) == 1 else None
    if wanted is None:
        return None
    found = [s for s in down if (does := _does(s)) is not None and does.like(wanted)]
    return found[0] if len(found) == 1 else None


def mirrored(number: int, inverses: Sequence[str | None], down: Sequence[Statement]) -> str | None:
    """Return the statement of *down* at the mirrored place, where all that is known is mirrored.

    *inverses* are those of all statements of *up*, None where they are not known.
    """
    if len(down) != len(inverses):
        return None
    known = [(i, inverse) for i, inverse in enumerate(inverses) if inverse]
    agree = all(own_words(inverse, down) == down[-1 - i] for i, inverse in known)
    return down[-1 - number].text if known and agree else None


def _does(statement: Statement) -> _Does | None:
    node = statement.node
    if statement.kind == "drop_stmt":
        return _drops(node)
    if statement.kind == "alter_table_stmt":
        return _alters(node)
    if statement.kind == "rename_stmt":
        words = (node.enum("renameType"), node.text("subname"), node.text("newname"))
        return _Does(("rename", *words), _relation(node.node("relation")))
    return None


def _drops(node: Node) -> _Does | None:
    objects = node.nodes("objects")
    if len(objects) != 1:
        return None
    [item] = objects
    kind = node.enum("removeType")
    name = item.names("items") or item.names("names")
    if item.kind == "ObjectWithArgs":
        types = tuple(type_name(argument) or "?" for argument in item.nodes("objargs"))
        return _Does(("drop", kind, *types), item.names("objname"))
    if item.kind == "String":
        name = (item.text("sval"),)
    # A trigger, a policy or a rule is named behind its table.
    parts = 2 if kind in {"OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE"} else 0
    return _Does(("drop", kind), name[-parts:])


def _alters(node: Node) -> _Does | None:
    words: list[str] = []
    for command in node.nodes("cmds"):
        name = command.text("name")
        definition = command.node("def")
        if definition is not None and definition.kind == "PartitionCmd":
            name = _relation(definition.node("name"))[-1]
        elif definition is not None:
            return None
        words += (command.enum("subtype"), name)
    return _Does(("alter", *words), _relation(node.node("relation")))


def _relation(node: Node | None) -> Name:
    if node is None:
        return ()
    return tuple(part for part in (node.text("schemaname"), node.text("relname")) if part)
