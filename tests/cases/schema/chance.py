"""Pairs of schemas made by chance: a small application, and the same after some changes.

A seed always makes the same pair, so that a failure can be looked at again:
`python -m tests.cases.schema --chance 4711 -v --sql`.
"""

from copy import deepcopy
from random import Random

from tests.cases.schema.application import (
    NUMBERS,
    ROLES,
    TYPES,
    Column,
    Schema,
    Table,
    View,
    columns_of,
    rows_of,
    sql_of,
)
from tests.cases.schema.pair import Pair


def pair_of(seed: int) -> Pair:
    """Return the pair of a seed."""
    chance = Random(seed)  # noqa: S311 (not for secrets)
    maker = _Maker(chance)
    before = maker.schema()
    after = deepcopy(before)
    for _ in range(chance.randint(1, 12)):
        maker.change(after)
    after.prune()
    return Pair("chance", str(seed), sql_of(before) + rows_of(before), sql_of(after))


class _Maker:
    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.count = 0

    def name(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def schema(self) -> Schema:
        made = Schema()
        for make, most in (
            (self.add_enum, 2), (self.add_domain, 2), (self.add_function, 2), (self.add_reader, 2),
            (self.add_reader, 2),
            (self.add_table, 4), (self.add_view, 4),
        ):  # fmt: skip
            for _ in range(self.chance.randint(1, most)):
                make(made)
        return made

    def change(self, schema: Schema) -> None:
        self.chance.choice(
            (
                self.add_enum, self.add_value, self.take_value, self.change_domain, self.add_domain,
                self.add_function, self.change_function, self.change_function, self.add_reader,
                self.change_parts, self.add_table, self.drop_table,
                self.add_view, self.drop_view, self.change_view, self.add_column, self.add_column,
                self.drop_column, self.drop_column, self.retype, self.retype, self.retype,
                self.change_default, self.change_null, self.add_part, self.add_part,
                self.drop_part, self.drop_part, self.change_access, self.change_words,
            )
        )(schema)  # fmt: skip
        schema.prune()

    def add_enum(self, schema: Schema) -> None:
        schema.enums[self.name("e")] = ["a", "b", "c"][: self.chance.randint(2, 3)]

    def add_value(self, schema: Schema) -> None:
        values = self.chance.choice(list(schema.enums.values()))
        values.insert(self.chance.randint(0, len(values)), self.name("w"))

    def take_value(self, schema: Schema) -> None:
        values = self.chance.choice(list(schema.enums.values()))
        if len(values) > 2:
            values.pop()

    def add_domain(self, schema: Schema) -> None:
        base = self.chance.choice(("text", "int"))
        schema.domains[self.name("d")] = (base, f"value::text <> '{self.name('no')}'")

    def change_domain(self, schema: Schema) -> None:
        name = self.chance.choice(list(schema.domains))
        base, _ = schema.domains[name]
        if self.chance.random() < 0.3:
            base = "bigint" if base == "int" else base
        schema.domains[name] = (base, f"value::text <> '{self.name('no')}'")

    def add_function(self, schema: Schema) -> None:
        schema.functions[self.name("f")] = ("int", self.chance.randint(1, 9))

    def change_function(self, schema: Schema) -> None:
        name = self.chance.choice(list(schema.functions))
        returns = self.chance.choice(("int", "int", "bigint"))
        schema.functions[name] = (returns, self.chance.randint(10, 99))

    def add_table(self, schema: Schema) -> None:
        chance = self.chance
        identity = chance.choice((None, "always", "by default"))
        table = Table(self.name("t"), identity, [])
        schema.tables[table.name] = table
        if identity is None:
            table.parts = chance.choice((0, 0, 1, 2))
        if not table.parts:
            table.heirs = [self.name("h") for _ in range(chance.choice((0, 0, 0, 1)))]
        for _ in range(chance.randint(1, 6)):
            self._column(schema, table)
        for _ in range(chance.randint(0, 5)):
            self._part(schema, table)

    def change_parts(self, schema: Schema) -> None:
        parted = [table for table in schema.tables.values() if table.parts]
        if parted:
            table = self.chance.choice(parted)
            table.parts = max(1, table.parts + self.chance.choice((-1, 1)))

    def add_reader(self, schema: Schema) -> None:
        schema.readers[self.name("m")] = self.chance.choice(list(schema.enums))

    def drop_table(self, schema: Schema) -> None:
        if len(schema.tables) > 1:
            del schema.tables[self.chance.choice(list(schema.tables))]

    def _table(self, schema: Schema) -> Table:
        return self.chance.choice(list(schema.tables.values()))

    def add_column(self, schema: Schema) -> None:
        self._column(schema, self._table(schema))

    def _column(self, schema: Schema, table: Table) -> None:
        chance = self.chance
        kind = chance.choice([*TYPES, *schema.enums, *schema.domains])
        column = Column(self.name("c"), kind)
        if kind in TYPES and chance.random() < 0.5:
            column.default = TYPES[kind][0]
            column.not_null = chance.random() < 0.5
        if kind == "int" and chance.random() < 0.3:
            column.default = f"{chance.choice(list(schema.functions))}(1)::int"
        table.columns.insert(chance.randint(0, len(table.columns)), column)

    def drop_column(self, schema: Schema) -> None:
        table = self._table(schema)
        if table.columns:
            table.columns.remove(self.chance.choice(table.columns))

    def retype(self, schema: Schema) -> None:
        columns = [c for t in schema.tables.values() for c in t.columns if c.type in TYPES]
        if columns:
            column = self.chance.choice(columns)
            column.type = self.chance.choice(TYPES[column.type][1:])
            if column.default and "(" in column.default:
                column.default = None

    def change_default(self, schema: Schema) -> None:
        columns = [c for t in schema.tables.values() for c in t.columns if c.type in TYPES]
        if columns:
            column = self.chance.choice(columns)
            column.default = None if column.default else TYPES[column.type][0]

    def change_null(self, schema: Schema) -> None:
        columns = self._table(schema).columns
        if columns:
            column = self.chance.choice(columns)
            column.not_null = not column.not_null and column.default is not None

    def add_part(self, schema: Schema) -> None:
        self._part(schema, self._table(schema))

    def _part(self, schema: Schema, table: Table) -> None:
        columns = [column for column in table.columns if column.type != "jsonb"]
        makers = [self._key, self._generated, self._trigger, self._grant]
        self.chance.choice(makers)(schema, table)
        if columns:
            column = self.chance.choice(columns).name
            self.chance.choice((self._unique, self._check, self._index, self._policy))(
                table, column
            )

    def _unique(self, table: Table, column: str) -> None:
        table.uniques[self.name("u")] = ["id", column]

    def _check(self, table: Table, column: str) -> None:
        table.checks[self.name("k")] = (column, f"{column}::text <> '{self.name('bad')}'")

    def _index(self, table: Table, column: str) -> None:
        where = self.chance.choice(("", f" where {column} is not null"))
        table.indexes[self.name("i")] = (column, where)

    def _policy(self, table: Table, column: str) -> None:
        table.policies[self.name("p")] = (column, f"{column} is not null")

    def _generated(self, _: Schema, table: Table) -> None:
        numbers = [c.name for c in table.columns if c.type in {*NUMBERS, "numeric(10,2)"}]
        if numbers:
            table.generated[self.name("g")] = self.chance.choice(numbers)

    def _trigger(self, _: Schema, table: Table) -> None:
        events = self.chance.choice(("insert", "update", "insert or delete"))
        table.triggers[self.name("r")] = events

    def _grant(self, _: Schema, table: Table) -> None:
        what = self.chance.choice(("select", "insert", "all"))
        table.grants.add((what, self.chance.choice(ROLES)))

    def _key(self, schema: Schema, table: Table) -> None:
        column = Column(self.name("c"), self.chance.choice(NUMBERS))
        table.columns.append(column)
        action = self.chance.choice(
            ("", " on delete cascade", " deferrable", " on update set null")
        )
        target = self.chance.choice(list(schema.tables))
        table.keys[self.name("fk")] = (column.name, target, action)

    def drop_part(self, schema: Schema) -> None:
        table = self._table(schema)
        parts = [
            p
            for p in (
                table.uniques, table.checks, table.keys, table.indexes, table.policies,
                table.triggers, table.generated,
            )
            if p
        ]  # fmt: skip
        if parts:
            part = self.chance.choice(parts)
            del part[self.chance.choice(list(part))]

    def add_view(self, schema: Schema) -> None:
        chance = self.chance
        sources = {n: columns_of(t) for n, t in schema.tables.items()}
        sources |= {n: [alias for _, alias in v.columns] for n, v in schema.views.items()}
        source = chance.choice(list(sources))
        taken = chance.sample(sources[source], chance.randint(1, len(sources[source])))
        view = View(self.name("v"), source, [(c, self.name(f"{c}_")) for c in taken])
        view.cached = chance.random() < 0.25
        if not view.cached and chance.random() < 0.3:
            view.options = " with (security_barrier = true)"
        if chance.random() < 0.3:
            view.called = chance.choice(list(schema.functions))
        schema.views[view.name] = view

    def drop_view(self, schema: Schema) -> None:
        used = {view.source for view in schema.views.values()}
        free = [name for name in schema.views if name not in used]
        if free:
            del schema.views[self.chance.choice(free)]

    def change_view(self, schema: Schema) -> None:
        if schema.views:
            view = self.chance.choice(list(schema.views.values()))
            self.chance.shuffle(view.columns)
            if len(view.columns) > 1 and self.chance.random() < 0.5:
                view.columns.pop()

    def change_access(self, schema: Schema) -> None:
        chance = self.chance
        item = chance.choice([*schema.tables.values(), *schema.views.values()])
        grant = (chance.choice(("select", "update", "all")), chance.choice(ROLES))
        if item.grants and chance.random() < 0.5:
            item.grants.discard(min(item.grants))
        else:
            item.grants.add(grant)

    def change_words(self, schema: Schema) -> None:
        table = self._table(schema)
        table.comment = self.chance.choice((None, self.name("says ")))
        table.secured = not table.secured
        table.options = self.chance.choice((None, "fillfactor = 70", "autovacuum_enabled = false"))
