"""Identity columns, and the sequences that belong to them."""

from collections.abc import Iterator
from dataclasses import replace

from vado.generate.model import Pair
from vado.generate.names import own_name
from vado.schema import (
    CatalogueObject,
    Property,
    column_line,
    name_parts,
    plain_parts,
    quoted,
    usual_name,
)

IDENTITY = frozenset({"identity_kind", "identity_options", "identity_sequence",
                      "identity_persistence"})  # fmt: skip


def identity(pair: Pair, alter: str) -> Iterator[str]:
    """Yield the statements that make a column an identity, or another one than it was."""
    before, after = pair.before, pair.after
    if before.text("identity_kind") is None:
        clause = column_line(replace(after, properties=_identity_only(after)))
        yield f"{alter} ADD {clause[clause.index('GENERATED ') :]};"
        yield continue_counting(pair.after)
        return
    if "identity_kind" in pair.details:
        yield f"{alter} SET GENERATED {(after.text('identity_kind') or '').upper()};"
    if "identity_options" in pair.details:
        yield f"{alter} {' '.join(f'SET {option}' for option in _all_options(pair))};"
    old, new = sequence_of(before), sequence_of(after)
    if old != new:
        yield f"ALTER SEQUENCE {old} RENAME TO {name_parts(new)[-1]};"
    if "identity_persistence" in pair.details:
        table = "unlogged" if pair.table is not None and pair.table.flag("unlogged") else "logged"
        kind = after.text("identity_persistence") or table
        yield f"ALTER SEQUENCE {new} SET {kind.upper()};"


def _identity_only(column: CatalogueObject) -> dict[str, Property]:
    said = {name: value for name, value in column.properties.items() if name in IDENTITY}
    return {**said, "type": column.text("type"), "nullable": True}


def sequence_of(column: CatalogueObject) -> str:
    """Return the name of the sequence of an identity column."""
    table = column.parent or ""
    usual = usual_name(table, column.identity, suffix="seq")
    return column.text("identity_sequence") or f"{table[: _end_of_schema(table)]}.{usual}"


def _end_of_schema(table: str) -> int:
    return len(name_parts(table)[0])


def continue_counting(column: CatalogueObject) -> str:
    """Set the new sequence behind the values that the rows have already."""
    own = own_name(column)
    table, name = quoted(column.parent), quoted(plain_parts(own)[0])
    counted = f"setval(pg_get_serial_sequence({table}, {name}), max({own}))"
    return f"SELECT {counted} FROM {column.parent} HAVING count(*) > 0;"  # noqa: S608 (quoted by PostgreSQL)


def _all_options(pair: Pair) -> Iterator[str]:
    """Yield every option that either side says, the usual value where only the old one does."""
    new = {_first_word(text): text for text in pair.after.texts("identity_options")}
    for text in pair.before.texts("identity_options"):
        word = _first_word(text)
        if word not in new:
            yield _USUAL[word]
    yield from new.values()


_USUAL = {
    "start": "start with 1",
    "increment": "increment by 1",
    "minvalue": "no minvalue",
    "maxvalue": "no maxvalue",
    "cache": "cache 1",
    "cycle": "no cycle",
    "sequence": "",
}


def _first_word(text: str) -> str:
    return text.split(" ", 1)[0]
