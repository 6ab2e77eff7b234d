"""What is known of a table at one point of a plan: its columns, constraints, indexes, size."""

from dataclasses import dataclass, field
from functools import cached_property

from vado.risks.column_types import ColumnType, type_of
from vado.sql import Node, parse_script

Transaction = tuple[int, int]


@dataclass(slots=True)
class Column:
    """A column; `new` when the plan itself added it.

    The type is `known`, or `written` in the plan: then it is read when somebody asks.
    """

    known: ColumnType | None = None
    not_null: bool = False
    generated: bool = False
    new: bool = False
    written: Node | None = None

    @property
    def type(self) -> ColumnType | None:
        """The type, None when nothing tells it."""
        if self.known is None and self.written is not None:
            self.known = type_of(self.written)
        return self.known


@dataclass
class Constraint:
    """A constraint; `added_in` is the transaction of the plan that added it."""

    name: str
    definition: str = ""
    parsed: Node | None = None
    validated: bool = True
    added_in: Transaction | None = None

    @cached_property
    def node(self) -> Node | None:
        """The constraint as PostgreSQL's parser sees it, None when it cannot be read."""
        if self.parsed is not None or not self.definition:
            return self.parsed
        # A definition as the server prints it is what ALTER TABLE ... ADD takes.
        for statement in parse_script(f"alter table t add {self.definition}").statements:
            for command in statement.node.nodes("cmds"):
                return command.node("def")
        return None

    @property
    def kind(self) -> str:
        """The parser's name of the kind, such as "CONSTR_CHECK"."""
        return self.node.enum("contype") if self.node is not None else ""

    def proves_not_null(self, column: str) -> bool:
        """Say whether a row with NULL in *column* cannot pass, as PostgreSQL would see it."""
        if not self.validated or self.node is None:
            return False
        if self.kind == "CONSTR_NOTNULL":
            return column in self.node.names("keys")
        expression = self.node.node("raw_expr")
        return self.kind == "CONSTR_CHECK" and _excludes_null(expression, column)

    def checks(self, column: str) -> bool:
        """Say whether this is a validated CHECK that reads *column*."""
        # Most definitions need no parser to see that the name is not in them.
        if not self.validated or (self.definition and column not in self.definition):
            return False
        if self.node is None or self.kind != "CONSTR_CHECK":
            return False
        expression = self.node.node("raw_expr")
        return expression is not None and column in columns_of(expression)


def columns_of(expression: Node) -> frozenset[str]:
    """Return the columns that an expression reads."""
    return frozenset(
        node.names("fields")[-1]
        for node in expression.walk()
        if node.kind == "ColumnRef" and node.names("fields")
    )


def _excludes_null(expression: Node | None, column: str) -> bool:
    if expression is None:
        return False
    if expression.kind == "NullTest":
        subject = expression.node("arg")
        return (
            expression.enum("nulltesttype") == "IS_NOT_NULL"
            and subject is not None
            and subject.names("fields")[-1:] == (column,)
        )
    # Only AND keeps what its parts promise; PostgreSQL looks no further either.
    return expression.enum("boolop") == "AND_EXPR" and any(
        _excludes_null(part, column) for part in expression.nodes("args")
    )


@dataclass(slots=True)
class Index:
    """An index; `columns` are its plain leading columns, none where an expression stands.

    `computed_from` are all that it reads, when an expression or a condition stands in it: it is
    built anew whenever the type of one of them changes. One of the plan is read as it was
    `written`, when somebody asks.
    """

    name: str
    columns: tuple[str, ...] = ()
    computed_from: frozenset[str] = frozenset()
    unique: bool = False
    partial: bool = False
    valid: bool = True
    new: bool = False
    written: Node | None = None

    def computes_from(self, column: str) -> bool:
        """Say whether an expression or a condition stands in it, and it reads *column*."""
        if self.written is None or not (self.partial or "" in self.columns):
            return column in self.computed_from
        return column in self.columns or column in columns_of(self.written)


@dataclass(slots=True)
class Table:
    """A table, view or materialised view as the plan meets it.

    `new`: the plan created it. `present`: the catalogue has it. Neither, with a catalogue at
    hand, means that it does not exist; without one it means that nothing is known. `filled`: the
    plan put rows into it.
    """

    schema: str
    name: str
    new: bool = False
    filled: bool = False
    present: bool = False
    absent: bool = False
    foreign: bool = False
    partitioned: bool = False
    default_partition: str = ""
    partition_by: str = ""
    options: tuple[str, ...] = ()
    rows: int | None = None
    columns: dict[str, Column] = field(default_factory=dict)
    constraints: dict[str, Constraint] = field(default_factory=dict)
    indexes: dict[str, Index] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        """Return what is known of a column, an empty answer when nothing is."""
        return self.columns.get(name) or Column()

    def proves_not_null(self, column: str) -> bool:
        """Say whether *column* is known to hold no NULL, so that PostgreSQL need not look."""
        return self.column(column).not_null or any(
            constraint.proves_not_null(column) for constraint in self.constraints.values()
        )

    def indexed(self, column: str) -> bool:
        """Say whether a known index has *column*, or computes something from it."""
        return self.computes_from(column) or any(
            column in index.columns for index in self.indexes.values()
        )

    def computes_from(self, column: str) -> bool:
        """Say whether an expression or the condition of a known index reads *column*."""
        return any(index.computes_from(column) for index in self.indexes.values())

    def checks(self, column: str) -> bool:
        """Say whether a validated CHECK reads *column*, so that a new type verifies every row."""
        return any(constraint.checks(column) for constraint in self.constraints.values())

    def leads_an_index(self, columns: tuple[str, ...]) -> bool:
        """Say whether a full index begins with exactly these columns, in any order."""
        return any(
            set(index.columns[: len(columns)]) == set(columns)
            for index in self.indexes.values()
            if not index.partial
        )
