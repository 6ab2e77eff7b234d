"""What is known at one point of a plan: the database, and what the plan did to it so far."""

from vado.risks.column_types import ColumnType, type_named
from vado.risks.facts import Facts
from vado.risks.names import Name, pair, quoted, relation, unquoted
from vado.risks.tables import Constraint, Table, Transaction
from vado.sql import UNKNOWN, Node, Statement

# Kinds that PostgreSQL keeps under one name, so that a rule finds what a plan created.
_FAMILIES = {
    "OBJECT_PROCEDURE": "OBJECT_FUNCTION",
    "OBJECT_ROUTINE": "OBJECT_FUNCTION",
    "OBJECT_AGGREGATE": "OBJECT_FUNCTION",
    "OBJECT_DOMAIN": "OBJECT_TYPE",
}


_TEMPORARY = "pg_temp"


class Known:
    """The database as the plan has left it so far."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.search_path: tuple[str, ...] = ("public",)
        # Temporary tables are looked for first, once there are any.
        self._temporary: tuple[str, ...] = ()
        self.transaction: Transaction = (0, 0)
        self.utc = False
        self.constrained_domains: set[Name] = set()
        self.blocked: Table | None = None
        self.style = False
        # While a statement is learned from that may not run at all.
        self.conditional = False
        self.functions: dict[str, Statement] = {}
        # Values of enums that this transaction added, with their type: they cannot be used in it.
        self.fresh_values: dict[str, Name] = {}
        # Where this migration has read or written all rows of a table, by ALTER TABLE.
        self.scans: dict[Name, set[int]] = {}
        self._tables: dict[Name, Table] = {}
        self._created: set[tuple[str, Name]] = set()
        self._schema_before: dict[str, str] = {}

    def table(self, node: Node | None) -> Table:
        """Return what is known of the table that a RangeVar names."""
        return self.named(relation(node))

    def named(self, name: Name) -> Table:
        """Return what is known of a table by its possibly qualified name."""
        schema, table = pair(name)
        schemas = (schema,) if schema else (*self._temporary, *self.search_path)
        for candidate in schemas:
            found = self._at(candidate, table)
            if found.new or found.present:
                return found
        return self._at(schemas[0] if schema else self.search_path[0], table)

    def _at(self, schema: str, name: str) -> Table:
        key = (schema, name)
        if name.startswith(UNKNOWN) or schema.startswith(UNKNOWN):
            return self._tables.setdefault(key, Table(schema, name))
        if key not in self._tables:
            before = self._schema_before.get(schema, schema)
            self._tables[key] = self.facts.table(before, name)
            self._tables[key].new = self.created("OBJECT_SCHEMA", (schema,))
        return self._tables[key]

    def begin(self, script: int) -> None:
        """Start the transaction of the next migration."""
        self.transaction = (script, 0)
        self.blocked = None
        self.fresh_values = {}
        self.scans = {}

    def split(self) -> None:
        """Start another transaction in the same migration."""
        self.transaction = (self.transaction[0], self.transaction[1] + 1)
        self.blocked = None
        self.fresh_values = {}

    def block(self, table: Table) -> None:
        """Remember the first table that others can no longer read in this transaction."""
        if self.blocked is None and not table.new:
            self.blocked = table

    def put(self, name: Name, *, doubtful: bool = False, temporary: bool = False) -> None:
        """Remember that the plan created a table."""
        schema, table = pair(name)
        doubtful = doubtful or self.conditional
        if temporary and not self._temporary:
            self._temporary = (_TEMPORARY,)
        key = (_TEMPORARY if temporary else schema or self.search_path[0], table)
        if not (doubtful and self._at(*key).present):
            # Without a catalogue IF NOT EXISTS may have met an old table.
            sure = not doubtful or self.facts.catalogue is not None
            self._tables[key] = Table(*key, new=True, present=not sure)

    def remove(self, name: Name) -> None:
        """Remember that the plan dropped a table."""
        table = self.named(name)
        self._tables[table.schema, table.name] = Table(table.schema, table.name, absent=True)

    def move(self, name: Name, *, to: Name) -> None:
        """Remember that the plan renamed a table or put it into another schema."""
        table = self.named(name)
        self.remove(name)
        table.schema, table.name = to
        self._tables[to] = table

    def rename_schema(self, old: str, new: str) -> None:
        """Remember that the plan renamed a schema."""
        self._schema_before[new] = self._schema_before.get(old, old)
        for key in [key for key in self._tables if key[0] == old]:
            self.move(key, to=(new, key[1]))

    def create(self, kind: str, name: Name) -> None:
        """Remember that the plan created some other object."""
        self._created.add(self._key(kind, name))

    def created(self, kind: str, name: Name) -> bool:
        """Say whether the plan created that object."""
        return self._key(kind, name) in self._created

    def missing(self, kind: str, name: Name) -> bool:
        """Say whether there is certainly no such object, so that IF EXISTS does nothing."""
        return self.facts.knows(kind, name) is False and not self.created(kind, name)

    def _key(self, kind: str, name: Name) -> tuple[str, Name]:
        parts = name
        if parts[:1] and parts[0] in self.search_path and len(parts) > 1:
            parts = parts[1:]
        return _FAMILIES.get(kind, kind), parts

    def function(self, name: Name) -> Statement | None:
        """Return the statement that created a function, of the plan or of the database."""
        if (found := self.functions.get(name[-1])) is not None:
            return found
        return self.facts.function(name[-1])

    def unreadable(self, name: Name) -> bool:
        """Say whether a function is one of the user's whose code is not at hand."""
        volatile = self.facts.volatility(name[-1]) == "volatile"
        return volatile or self.created("OBJECT_FUNCTION", name)

    def index_table(self, name: Name) -> Table | None:
        """Return the table of an index, None when nothing tells it."""
        schema, index = pair(name)
        for table in self._tables.values():
            if index in table.indexes and schema in {"", table.schema}:
                return table
        for candidate in (schema,) if schema else self.search_path:
            owner = self.facts.index_table(candidate, index)
            if owner is not None:
                return self.named(owner)
        return None

    def base_type(self, column: ColumnType) -> ColumnType:
        """Return the type under a domain of the catalogue, any other type as it is."""
        schema, name = pair(unquoted(column.name))
        for candidate in (schema,) if schema else self.search_path:
            found = self.facts.find(("domain",), candidate, name)
            if found is not None:
                return type_named(found.text("type") or column.name)
        return column

    def used(self, kind: str, name: Name) -> bool:
        """Say whether anything needs a type of the catalogue; yes, when nobody can tell."""
        schema, short = pair(name)
        for candidate in (schema,) if schema else self.search_path:
            if self.facts.find((kind,), candidate, short) is not None:
                return any(True for _ in self.facts.dependants(kind, candidate, short))
        return True

    def constrained_domain(self, name: Name) -> bool:
        """Say whether a type is a domain that checks its values."""
        if name in self.constrained_domains:
            return True
        schema, domain = pair(name)
        for candidate in (schema,) if schema else self.search_path:
            found = self.facts.find(("domain",), candidate, domain)
            if found is not None:
                return not found.flag("nullable") or bool(
                    self.facts.catalogue
                    and self.facts.catalogue.by_parent.get(quoted(candidate, domain))
                )
        return False


def constraint_of(node: Node, table: Table, column: str = "") -> Constraint:
    """Return a constraint of the plan, named as PostgreSQL would name it."""
    columns = node.names("fk_attrs") or node.names("keys") or ((column,) if column else ())
    suffix = _SUFFIXES.get(node.enum("contype"), "check")
    middle = () if suffix == "pkey" else columns
    name = node.text("conname") or "_".join((table.name, *middle, suffix))
    return Constraint(name, parsed=node, validated=not node.flag("skip_validation"))


_SUFFIXES = {
    "CONSTR_FOREIGN": "fkey",
    "CONSTR_PRIMARY": "pkey",
    "CONSTR_UNIQUE": "key",
    "CONSTR_EXCLUSION": "excl",
    "CONSTR_NOTNULL": "not_null",
}
