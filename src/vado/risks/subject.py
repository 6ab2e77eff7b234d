"""What a rule looks at: one statement, or one command of ALTER TABLE, and what is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from vado.risks.column_types import ColumnType, type_of
from vado.risks.embedded import Content
from vado.risks.known import Known
from vado.risks.names import object_name, quoted, relation
from vado.risks.places import part_text
from vado.risks.tables import Table
from vado.sql import Node, Script, Statement, lazy


@dataclass
class Subject:
    """One statement of a plan; `command` is the one in question when it has several."""

    statement: Statement
    known: Known
    later: "Later"
    command: Node | None = None
    part: int | None = None
    contents: tuple[Content, ...] = ()

    @property
    def node(self) -> Node:
        """The statement's node."""
        return self.statement.node

    @property
    def version(self) -> int:
        """The server's major version."""
        return self.known.facts.server_version // 10000

    @lazy
    def target(self) -> Node | None:
        """Return the table that the statement is about, as a RangeVar."""
        return self.node.node("relation")

    @lazy
    def table(self) -> Table:
        """Return what is known of the table that the statement is about."""
        return self.known.table(self.target)

    @lazy
    def name(self) -> str:
        """Return the table's name as it was written, quoted where it must be."""
        return quoted(*relation(self.target))

    @property
    def column(self) -> str:
        """The column that the command names."""
        return self.command.text("name") if self.command is not None else ""

    @property
    def definition(self) -> Node:
        """What the command defines: a column, a constraint."""
        node = self.command.node("def") if self.command is not None else None
        return node if node is not None else Node("", {})

    @lazy
    def source(self) -> str:
        """Return the text of the command, or of the statement."""
        if self.part is None:
            return self.statement.text
        return part_text(self.statement, self.part, len(self.node.nodes("cmds")))

    @property
    def cascade(self) -> bool:
        """Whether CASCADE was asked for, on the command or on the statement."""
        return (self.command or self.node).enum("behavior") == "DROP_CASCADE"

    def objects(self) -> Iterator[tuple[int | None, tuple[str, ...]]]:
        """Yield what a DROP names, with its part when there are several."""
        found = self.node.nodes("objects")
        kind = self.node.enum("removeType")
        for part, item in enumerate(found):
            name = object_name(item)
            if self.node.flag("missing_ok") and self.known.missing(kind, name):
                continue
            yield (part if len(found) > 1 else None), name

    def scans(self) -> None:
        """Remember that the command reads or writes all rows of the table."""
        key = (self.table.schema, self.table.name)
        self.known.scans.setdefault(key, set()).add(self.statement.offset)


class Later:
    """What the plan creates after a statement, so that replacing is told from removing."""

    def __init__(self, scripts: Sequence[Script]) -> None:
        self._scripts = scripts
        self.at = (0, 0)

    @cached_property
    def _created(self) -> dict[tuple[str, str], tuple[int, int]]:
        """The last place where each is created; built once, and only when a rule asks."""
        return {
            (kind, name): (number, statement.index)
            for number, script in enumerate(self._scripts)
            for statement in script.statements
            for kind, name in creations(statement.node)
        }

    def creates(self, kind: str, name: str) -> bool:
        """Say whether a later statement creates an object of that kind and (last) name."""
        return self._created.get((kind, name), self.at) > self.at

    def columns(self, table: str) -> Sequence[tuple[str, ColumnType]]:
        """Return the columns that the plan adds to a table, with their types."""
        return self._added_columns.get(table, ())

    @cached_property
    def _added_columns(self) -> dict[str, list[tuple[str, ColumnType]]]:
        found: dict[str, list[tuple[str, ColumnType]]] = {}
        for script in self._scripts:
            for node in (statement.node for statement in script.statements):
                for command in node.nodes("cmds") if node.kind == "AlterTableStmt" else ():
                    column = command.node("def")
                    if column is not None and command.enum("subtype") == "AT_AddColumn":
                        entry = (column.text("colname"), type_of(column.node("typeName")))
                        found.setdefault(relation(node.node("relation"))[1], []).append(entry)
        return found

    def sets_sequence(self, table: str) -> bool:
        """Say whether a later statement sets a sequence by what it reads from that table."""
        return any(place > self.at and table in tables for place, tables in self._sequences_set)

    @cached_property
    def _sequences_set(self) -> list[tuple[tuple[int, int], set[str]]]:
        return [
            ((number, statement.index), {relation(node)[1] for node in _tables_of(statement.node)})
            for number, script in enumerate(self._scripts)
            for statement in script.statements
            if statement.node.kind == "SelectStmt" and "setval" in statement.text.lower()
        ]

    def indexes(self, table: str, columns: tuple[str, ...]) -> bool:
        """Say whether the plan has an index on that table that begins with these columns."""
        found = self._index_columns.get(table, [])
        return any(set(index[: len(columns)]) == set(columns) for index in found)

    @cached_property
    def _index_columns(self) -> dict[str, list[tuple[str, ...]]]:
        found: dict[str, list[tuple[str, ...]]] = {}
        for script in self._scripts:
            for node in (statement.node for statement in script.statements):
                if node.kind == "IndexStmt" and not node.has("whereClause"):
                    columns = tuple(item.text("name") for item in node.nodes("indexParams"))
                    found.setdefault(relation(node.node("relation"))[1], []).append(columns)
        return found


def _tables_of(query: Node) -> Iterator[Node]:
    return (node for node in query.walk() if node.kind == "RangeVar")


def creations(node: Node) -> Iterator[tuple[str, str]]:
    """Yield kind and last name of what a statement creates, where dropping it may be replacing."""
    match node.kind:
        case "ViewStmt":
            yield "OBJECT_VIEW", relation(node.node("view"))[1]
        case "CreateTableAsStmt" if (into := node.node("into")) is not None:
            yield "OBJECT_MATVIEW", relation(into.node("rel"))[1]
        case "CreateFunctionStmt":
            yield "OBJECT_FUNCTION", node.names("funcname")[-1]
        case "CreateTrigStmt":
            yield "OBJECT_TRIGGER", node.text("trigname")
        case "CreatePolicyStmt":
            yield "OBJECT_POLICY", node.text("policy_name")
        case "IndexStmt":
            yield "OBJECT_INDEX", node.text("idxname")
        case "AlterTableStmt":
            yield from _added_constraints(node)
        case _:
            pass


def _added_constraints(node: Node) -> Iterator[tuple[str, str]]:
    for command in node.nodes("cmds"):
        definition = command.node("def")
        if definition is not None and definition.kind == "Constraint":
            yield "OBJECT_TABCONSTRAINT", definition.text("conname")
