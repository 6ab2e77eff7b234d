"""A small application as data, and the SQL that makes it."""

# ruff: noqa: S608 (SQL of our own names)

from dataclasses import dataclass, field

# A value of each type, and what the type may become without loss.
TYPES = {
    "int": ("7", "bigint", "numeric(12,2)", "text"),
    "bigint": ("8", "numeric(20,2)", "text"),
    "smallint": ("1", "int", "bigint"),
    "text": ("'x'", "varchar(100)"),
    "varchar(30)": ("'v'", "varchar(60)", "text"),
    "numeric(10,2)": ("1.5", "numeric(12,4)", "text"),
    "boolean": ("true", "text"),
    "date": ("'2026-01-01'", "timestamp", "text"),
    "timestamptz": ("'2026-01-01 00:00+00'", "text"),
    "jsonb": ("'{}'", "text"),
    "uuid": ("'00000000-0000-0000-0000-000000000001'", "text"),
    "text[]": ("'{a}'", "text"),
    "inet": ("'10.0.0.1'", "text"),
    "interval": ("'1 day'", "text"),
}
ROLES = ("case_reader", "case_writer", "case_admin")
NUMBERS = ("int", "bigint")


@dataclass
class Column:
    name: str
    type: str
    default: str | None = None
    not_null: bool = False
    comment: str | None = None

    def line(self) -> str:
        default = f" default {self.default}" if self.default else ""
        return f"{self.name} {self.type}{default}{' not null' if self.not_null else ''}"


@dataclass
class Table:
    name: str
    identity: str | None
    columns: list[Column]
    uniques: dict[str, list[str]] = field(default_factory=dict)
    checks: dict[str, tuple[str, str]] = field(default_factory=dict)
    keys: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    indexes: dict[str, tuple[str, str]] = field(default_factory=dict)
    policies: dict[str, tuple[str, str]] = field(default_factory=dict)
    generated: dict[str, str] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)
    grants: set[tuple[str, str]] = field(default_factory=set)
    options: str | None = None
    comment: str | None = None
    secured: bool = False
    parts: int = 0  # partitions; 0: not partitioned
    heirs: list[str] = field(default_factory=list)

    def prune(self, known: set[str]) -> None:
        """Forget what names columns or tables that are gone."""
        names = {column.name for column in self.columns}
        self.generated = {n: c for n, c in self.generated.items() if c in names}
        self.uniques = {n: c for n, c in self.uniques.items() if set(c) <= names}
        for parts in (self.checks, self.indexes, self.policies):
            for name in [n for n, (column, _) in parts.items() if column not in names]:
                del parts[name]
        self.keys = {
            n: key
            for n, key in self.keys.items()
            if key[1] in known and any(c.name == key[0] and c.type in NUMBERS for c in self.columns)
        }


@dataclass
class View:
    name: str
    source: str
    columns: list[tuple[str, str]]
    cached: bool = False
    options: str = ""
    called: str | None = None  # a function
    grants: set[tuple[str, str]] = field(default_factory=set)


@dataclass
class Schema:
    """What is there, by name, in the order in which it can be made."""

    enums: dict[str, list[str]] = field(default_factory=dict)
    domains: dict[str, tuple[str, str]] = field(default_factory=dict)
    functions: dict[str, tuple[str, int]] = field(default_factory=dict)
    readers: dict[str, str] = field(default_factory=dict)  # functions of an enum
    tables: dict[str, Table] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)

    def prune(self) -> None:
        for table in self.tables.values():
            table.prune(set(self.tables))
        self.readers = {n: e for n, e in self.readers.items() if e in self.enums}
        columns = {name: columns_of(table) for name, table in self.tables.items()}
        for name, view in list(self.views.items()):
            view.columns = [(s, n) for s, n in view.columns if s in columns.get(view.source, ())]
            if view.columns:
                columns[name] = [alias for _, alias in view.columns]
            else:
                del self.views[name]


def columns_of(table: Table) -> list[str]:
    return ["id", *(column.name for column in table.columns), *table.generated]


def sql_of(schema: Schema) -> str:
    lines = [f"create type {n} as enum ({_listed(values)});" for n, values in schema.enums.items()]
    lines += [
        f"create domain {n} as {base} constraint {n}_ok check ({check});"
        for n, (base, check) in schema.domains.items()
    ]
    lines += [
        f"create function {n}(x int) returns {returns} language sql immutable"
        f" as 'select {k}::{returns}';"
        for n, (returns, k) in schema.functions.items()
    ]
    lines += [
        f"create function {n}(x {e}, y {e}[] default '{{a}}') returns {e} language sql immutable"
        f" as 'select x';"
        for n, e in schema.readers.items()
    ]
    lines.append(
        "create function noted() returns trigger language plpgsql as 'begin return null; end';"
    )
    for table in schema.tables.values():
        lines += _table_sql(table)
    for table in schema.tables.values():
        lines += [
            f"alter table {table.name} add constraint {n} foreign key ({c}) references {t}{action};"
            for n, (c, t, action) in table.keys.items()
        ]
    for view in schema.views.values():
        lines += _view_sql(view)
    return "\n".join(lines) + "\n"


def _listed(values: list[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _table_sql(table: Table) -> list[str]:
    identity = f" generated {table.identity} as identity" if table.identity else ""
    parts = [f"id int{identity} primary key", *(column.line() for column in table.columns)]
    parts += [
        f"{n} numeric generated always as ({c}::numeric * 2) stored"
        for n, c in table.generated.items()
    ]
    parts += [f"constraint {n} unique ({', '.join(c)})" for n, c in table.uniques.items()]
    parts += [f"constraint {n} check ({check})" for n, (_, check) in table.checks.items()]
    options = f" with ({table.options})" if table.options and not table.parts else ""
    options = " partition by range (id)" if table.parts else options
    lines = [f"create table {table.name} (\n    " + ",\n    ".join(parts) + f"\n){options};"]
    for number in range(table.parts):
        bounds = f"from ({number * 10}) to ({number * 10 + 10})"
        lines.append(
            f"create table {table.name}_{number} partition of {table.name} for values {bounds};"
        )
    lines += [f"create table {n} (own_{n} int) inherits ({table.name});" for n in table.heirs]
    lines += [f"create index {n} on {table.name} ({c}){w};" for n, (c, w) in table.indexes.items()]
    lines += [
        f"create policy {n} on {table.name} using ({using});"
        for n, (_, using) in table.policies.items()
    ]
    lines += [
        f"create trigger {n} after {events} on {table.name} for each row execute function noted();"
        for n, events in table.triggers.items()
    ]
    lines += [f"grant {what} on {table.name} to {who};" for what, who in sorted(table.grants)]
    if table.comment:
        lines.append(f"comment on table {table.name} is '{table.comment}';")
    if table.secured:
        lines.append(f"alter table {table.name} enable row level security;")
    return lines


def _view_sql(view: View) -> list[str]:
    columns = ", ".join(f"{source} as {alias}" for source, alias in view.columns)
    columns += f", {view.called}(1) as called" if view.called else ""
    kind = "materialized view" if view.cached else "view"
    lines = [f"create {kind} {view.name}{view.options} as select {columns} from {view.source};"]
    if view.cached:
        lines.append(f"create index {view.name}_first on {view.name} ({view.columns[0][1]});")
    lines += [f"grant {what} on {view.name} to {who};" for what, who in sorted(view.grants)]
    return lines


def rows_of(schema: Schema) -> str:
    """Give each table two rows, of the values that its types have by default."""
    lines = []
    for table in schema.tables.values():
        columns = [c for c in table.columns if c.type in TYPES]
        keyed = {column for column, _, _ in table.keys.values()}
        columns = [c for c in columns if c.name not in keyed]
        names = ", ".join(["id", *(c.name for c in columns)])
        values = ", ".join(TYPES[c.type][0] for c in columns)
        system = " overriding system value" if table.identity else ""
        for number in (1, 2):
            row = f"{number}{', ' + values if values else ''}"
            lines.append(f"insert into {table.name} ({names}){system} values ({row});")
    return "\n".join(lines) + "\n"
