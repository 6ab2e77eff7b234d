"""The statements that make tables and domains, with what belongs to them."""

from collections.abc import Iterator

from vado.schema.describe import column_line, constraint_line, foreign_option
from vado.schema.model import Catalogue, CatalogueObject
from vado.schema.names import identifier, name_parts, unquoted
from vado.schema.rare_statements import RARE
from vado.schema.remarks import grant_statement, quoted, remarks
from vado.schema.standing import STANDING
from vado.schema.statements import SIMPLE

_TABLES = frozenset({"table", "foreign_table"})
_OTHERS = {**STANDING, **RARE}


class Writer:
    """Writes the objects of one catalogue; a block holds what belongs to the object, too."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._sequences: dict[str, list[CatalogueObject]] = {}
        for sequence in catalogue.of_kind("sequence"):
            if table := sequence.text("owned_by_table"):
                self._sequences.setdefault(table, []).append(sequence)
        self._makers = {
            "table": self._table,
            "foreign_table": self._table,
            "domain": self._domain,
            "constraint": self._constraint,
        }

    def write(self, item: CatalogueObject) -> str:
        """Return the statements of an object, "" when they stand in another's block."""
        make = self._makers.get(item.kind) or SIMPLE.get(item.kind) or _OTHERS.get(item.kind)
        return "" if make is None else "\n".join(make(item))

    def told(self, item: CatalogueObject) -> frozenset[str]:
        """Return the identities that the block of this object tells of."""
        if item.kind not in _TABLES and item.kind != "domain":
            return frozenset({item.identity})
        below = self._catalogue.by_parent.get(item.identity, ())
        return frozenset({item.identity, *(child.identity for child in below)})

    def _table(self, table: CatalogueObject) -> Iterator[str]:
        columns = self._below(table, "column")
        inside = [c for c in self._below(table, "constraint") if self._stands_inside(c, table)]
        own = [column for column in columns if not _inherited(column, table)]
        lines = [f"    {_column(column, table)}" for column in own]
        lines.extend(f"    {constraint_line(item)}" for item in inside)
        unlogged = "UNLOGGED " if table.flag("unlogged") else ""
        noun = "FOREIGN TABLE" if table.kind == "foreign_table" else f"{unlogged}TABLE"
        body = " (\n" + ",\n".join(lines) + "\n)" if lines else " ()"
        yield f"CREATE {noun} {table.identity}{body}{_table_clauses(table)};"
        yield from self._after_table(table, columns)
        for item in (table, *columns, *inside):
            yield from remarks(item)
        for column in columns:
            yield from beside_column(column, table)
        for item in inside:
            yield from _index_comment(item, table)

    def _after_table(self, table: CatalogueObject, columns: list[CatalogueObject]) -> Iterator[str]:
        alter = f"ALTER {table.kind.replace('_', ' ').upper()} ONLY {table.identity}"
        for column in columns:
            yield from _settings(column, table, alter)
        for sequence in self._sequences.get(table.identity, ()):
            yield f"ALTER SEQUENCE {sequence.identity} OWNED BY {sequence.text('owned_by')};"
        if bound := table.text("partition_bound"):
            [parent] = table.texts("inherits")
            yield f"ALTER TABLE ONLY {parent} ATTACH PARTITION {table.identity} {bound};"
        for item in self._below(table, "constraint"):
            if options := item.texts("options"):
                index = f"{table.parent}.{_name(item)}"
                yield f"ALTER INDEX {index} SET ({', '.join(options)});"
            if item.flag("clustered"):
                yield f"{alter} CLUSTER ON {_name(item)};"
            if item.flag("replica_identity"):
                yield f"{alter} REPLICA IDENTITY USING INDEX {_name(item)};"
        yield from _switches(table, alter)

    def _stands_inside(self, constraint: CatalogueObject, table: CatalogueObject) -> bool:
        """Foreign keys come after all tables, unchecked rules after their table."""
        kind = constraint.text("type")
        if kind == "foreign_key" or constraint.flag("not_valid"):
            return False
        if kind == "unique" and self._doubles(constraint):
            return False
        # What a partition has in common with the whole must be there when it is attached.
        return not constraint.flag("inherited") or table.text("partition_bound") is not None

    def _doubles(self, unique: CatalogueObject) -> bool:
        """Say whether `create table` would take it for one with another constraint."""
        below = self._catalogue.by_parent.get(unique.parent or "", ())
        columns = unique.texts("columns")
        return any(
            item.text("type") in {"primary_key", "unique"}
            and item.texts("columns") == columns
            and (item.text("type") == "primary_key" or item.identity < unique.identity)
            for item in below
            if item.kind == "constraint" and item is not unique
        )

    def _constraint(self, item: CatalogueObject) -> Iterator[str]:
        table = self._catalogue.find("table", item.parent or "") or self._catalogue.find(
            "foreign_table", item.parent or ""
        )
        if table is None or self._stands_inside(item, table):
            return
        if item.text("inherits_from") or (item.flag("inherited") and not _attached(table)):
            return
        yield f"ALTER TABLE {item.parent} ADD {constraint_line(item)};"
        yield from remarks(item)

    def _domain(self, item: CatalogueObject) -> Iterator[str]:
        lines = [f"CREATE DOMAIN {item.identity} AS {item.text('type')}"]
        if collation := item.text("collation"):
            lines.append(f"    COLLATE {collation}")
        if default := item.text("default"):
            lines.append(f"    DEFAULT {default}")
        if not item.flag("nullable"):
            name = item.text("not_null_name")
            lines.append(f"    CONSTRAINT {name} NOT NULL" if name else "    NOT NULL")
        checks = self._below(item, "constraint")
        lines.extend(f"    {constraint_line(c)}" for c in checks if not c.flag("not_valid"))
        yield "\n".join(lines) + ";"
        for check in checks:
            if check.flag("not_valid"):
                yield f"ALTER DOMAIN {item.identity} ADD {constraint_line(check)};"
            yield from remarks(check, on_domain=True)
        yield from remarks(item)
        if (comment := item.text("not_null_comment")) is not None:
            name = item.text("not_null_name") or usual_name(item.identity, suffix="not_null")
            yield f"COMMENT ON CONSTRAINT {name} ON DOMAIN {item.identity} IS {quoted(comment)};"

    def _below(self, parent: CatalogueObject, kind: str) -> list[CatalogueObject]:
        below = self._catalogue.by_parent.get(parent.identity, ())
        found = [item for item in below if item.kind == kind]
        return sorted(found, key=lambda item: (item.subid, item.identity))


def _index_comment(item: CatalogueObject, table: CatalogueObject) -> Iterator[str]:
    if (comment := item.text("index_comment")) is not None:
        yield f"COMMENT ON INDEX {table.parent}.{_name(item)} IS {quoted(comment)};"


def beside_column(column: CatalogueObject, table: CatalogueObject) -> Iterator[str]:
    """Yield what is said of the sequence of an identity column, and of its NOT NULL."""
    if (comment := column.text("not_null_comment")) is not None:
        usual = usual_name(table.identity, column.identity, suffix="not_null")
        name = column.text("not_null_name") or usual
        yield f"COMMENT ON CONSTRAINT {name} ON {table.identity} IS {quoted(comment)};"
    usual = f"{table.parent}.{usual_name(table.identity, column.identity, suffix='seq')}"
    sequence = column.text("identity_sequence") or usual
    if (comment := column.text("identity_comment")) is not None:
        yield f"COMMENT ON SEQUENCE {sequence} IS {quoted(comment)};"
    for text in column.texts("identity_grants"):
        yield grant_statement(text, f"SEQUENCE {sequence}")


def usual_name(*identities: str, suffix: str) -> str:
    """Return the name that PostgreSQL makes up for what belongs to these."""
    return identifier("_".join([*(unquoted(name_parts(text)[-1]) for text in identities), suffix]))


def _switches(table: CatalogueObject, alter: str) -> Iterator[str]:
    identity = table.text("replica_identity")
    if identity in {"full", "nothing"}:
        yield f"{alter} REPLICA IDENTITY {identity.upper()};"
    if table.flag("row_security"):
        yield f"ALTER TABLE {table.identity} ENABLE ROW LEVEL SECURITY;"
    if table.flag("force_row_security"):
        yield f"ALTER TABLE {table.identity} FORCE ROW LEVEL SECURITY;"


def _inherited(column: CatalogueObject, table: CatalogueObject) -> bool:
    # A partition is made as a table of its own and attached.
    return column.flag("inherited") and not _attached(table)


def _attached(table: CatalogueObject) -> bool:
    return table.text("partition_bound") is not None


def _column(column: CatalogueObject, table: CatalogueObject) -> str:
    # A partition gets its identity columns from the whole when it is attached.
    attached = _attached(table)
    return column_line(
        column,
        identity=not (attached and column.flag("inherited")),
        inherited_not_null=attached,
    )


def _table_clauses(table: CatalogueObject) -> str:
    clauses = []
    if table.texts("inherits") and not _attached(table):
        clauses.append(f"INHERITS ({', '.join(table.texts('inherits'))})")
    if key := table.text("partition_by"):
        clauses.append(f"PARTITION BY {key}")
    if server := table.text("server"):
        clauses.append(f"SERVER {server}")
    if options := table.texts("foreign_options"):
        clauses.append(f"OPTIONS ({', '.join(foreign_option(text) for text in options)})")
    if method := table.text("access_method"):
        clauses.append(f"USING {method}")
    if options := table.texts("options"):
        clauses.append(f"WITH ({', '.join(options)})")
    if tablespace := table.text("tablespace"):
        clauses.append(f"TABLESPACE {tablespace}")
    return "".join(f" {clause}" for clause in clauses)


def _settings(column: CatalogueObject, table: CatalogueObject, alter: str) -> Iterator[str]:
    # What `create table` has no words for, and what a child has otherwise than its parent.
    name = _name(column)
    if storage := column.text("storage"):
        yield f"{alter} ALTER COLUMN {name} SET STORAGE {storage.upper()};"
    if (target := column.properties.get("statistics")) is not None:
        yield f"{alter} ALTER COLUMN {name} SET STATISTICS {target};"
    if options := column.texts("options"):
        yield f"{alter} ALTER COLUMN {name} SET ({', '.join(options)});"
    if column.flag("not_null_not_valid"):
        called = column.text("not_null_name") or ""
        constraint = f"CONSTRAINT {called} " if called else ""
        yield f"{alter} ADD {constraint}NOT NULL {name} NOT VALID;"
    if _inherited(column, table) and (default := column.text("default")):
        yield f"{alter} ALTER COLUMN {name} SET DEFAULT {default};"


def _name(item: CatalogueObject) -> str:
    return item.identity.removeprefix(f"{item.parent}.")
