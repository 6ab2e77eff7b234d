"""Columns and their defaults. A column that stays keeps its values, whatever its type becomes."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Literal

from vado.generate.kinds.access import opposite
from vado.generate.kinds.casts import base, conversion
from vado.generate.kinds.identities import IDENTITY, identity
from vado.generate.kinds.options import foreign_options, set_and_reset
from vado.generate.model import REBUILD, Alteration, Pair, alter_noun
from vado.generate.safe import safe_not_null
from vado.schema import (
    CatalogueObject,
    Property,
    beside_column,
    column_line,
    remarks,
    usual_name,
)

_NOT_NULL_NAMED = 180000
_SET_EXPRESSION = 170000
_TYPE = frozenset({"type", "collation"})
_GENERATED = frozenset({"generated", "expression"})
_NOT_NULL = frozenset({"nullable", "not_null_name", "not_null_not_valid", "not_null_no_inherit"})
_KEPT_INSIDE = frozenset({"numeric", "inet", "cidr"})
_BESIDE = frozenset({"identity_comment", "identity_grants", "not_null_comment"})


# A type or a collation of the same name takes the place of the one that the column has. "away":
# the two cannot stand beside each other, so the column is text for a while.
Retype = Literal["text", "collation", "away"] | None


def column(pair: Pair, *, retype: Retype = None) -> Alteration:
    """Alter a column in place; only what is computed anyway is dropped and made again."""
    if pair.details.keys() & _GENERATED and not _expression_in_place(pair):
        return REBUILD
    retypes = retype is not None or bool(pair.details.keys() & _TYPE)
    if retypes and pair.before.text("generated") and pair.after.text("generated"):
        return REBUILD
    main = (*(_type(pair, retype) if retypes else ()), *_clauses(pair))
    return Alteration(_to_text(pair) if retype == "away" else (), tuple(main), retypes=retypes)


def _expression_in_place(pair: Pair) -> bool:
    before, after = pair.before.text("generated"), pair.after.text("generated")
    if before == "stored" and after is None:
        return True
    same_kind = before is not None and before == after and not pair.details.keys() & _TYPE
    return same_kind and pair.server_version >= _SET_EXPRESSION


def _to_text(pair: Pair) -> tuple[str, ...]:
    plain = f"text{'[]' if (pair.before.text('type') or '').endswith('[]') else ''}"
    using = f"{pair.name}::{plain}"
    alter = f"{pair.alter_table} ALTER COLUMN {pair.name}"
    return (f"{alter} TYPE {plain}{_using(pair, using)};",)


def _type(pair: Pair, retype: Retype) -> Iterator[str]:
    before, after = pair.before, pair.after
    new = after.text("type") or ""
    collation = after.text("collation")
    clause = f" COLLATE {collation}" if collation else ""
    old = "text" if retype == "away" else before.text("type") or ""
    using = pair.using or conversion(pair.name, old, new, by_text=retype == "text")
    yield f"{pair.alter_table} ALTER COLUMN {pair.name} TYPE {new}{clause}{_using(pair, using)};"


def _using(pair: Pair, expression: str | None) -> str:
    foreign = pair.table is not None and pair.table.kind == "foreign_table"
    return "" if expression is None or foreign else f" USING {expression}"


def _clauses(pair: Pair) -> Iterator[str]:
    alter = f"{pair.alter_table} ALTER COLUMN {pair.name}"
    before, after, details = pair.before, pair.after, pair.details
    if details.keys() & _GENERATED:
        if after.text("generated") is None:
            yield f"{alter} DROP EXPRESSION;"
        else:
            yield f"{alter} SET EXPRESSION AS ({after.text('expression')});"
    counted = details.keys() & IDENTITY
    if counted and after.text("identity_kind") is None:
        yield f"{alter} DROP IDENTITY;"
    if details.keys() & _NOT_NULL:
        yield from _not_null(pair, alter)
    if counted and after.text("identity_kind") is not None:
        yield from identity(pair, alter)
    if details.keys() & _BESIDE:
        yield from _beside(pair)
    yield from _settings(before, after, details.keys(), alter)


def _settings(
    before: CatalogueObject, after: CatalogueObject, changed: Collection[str], alter: str
) -> Iterator[str]:
    if "storage" in changed:
        yield f"{alter} SET STORAGE {(after.text('storage') or _usual_storage(after)).upper()};"
    if "compression" in changed:
        yield f"{alter} SET COMPRESSION {after.text('compression') or 'default'};"
    if "statistics" in changed:
        target = after.properties.get("statistics")
        yield f"{alter} SET STATISTICS {-1 if target is None else target};"
    if "options" in changed:
        for clause in set_and_reset(before.texts("options"), after.texts("options")):
            yield f"{alter} {clause};"
    if "foreign_options" in changed:
        old, new = before.texts("foreign_options"), after.texts("foreign_options")
        if options := foreign_options(old, new):
            yield f"{alter} {options};"


def _usual_storage(column: CatalogueObject) -> str:
    """Return how values of a type are usually stored: older servers have no word for that."""
    return "main" if base(column.text("type") or "") in _KEPT_INSIDE else "extended"


def _beside(pair: Pair) -> Iterator[str]:
    """Yield what differs in what is said of an identity's sequence and of a NOT NULL."""
    table = pair.table
    if table is None:
        return
    counted = pair.after.text("identity_kind") is not None
    for name in ("identity_comment", "not_null_comment"):
        gone = pair.after.flag("nullable") if name == "not_null_comment" else not counted
        if name in pair.details and not gone:
            comment = pair.after.text(name)
            said = replace(pair.after, properties=_naming(pair.after) | {name: comment or "-"})
            for text in beside_column(said, table):
                yield text if comment else text.removesuffix(" IS '-';") + " IS NULL;"
    if "identity_grants" in pair.details and counted:
        old, new = pair.before.texts("identity_grants"), pair.after.texts("identity_grants")
        ended = tuple(opposite(text) for text in old if text not in new)
        fresh = tuple(text for text in new if text not in old)
        said = replace(
            pair.after, properties=_naming(pair.after) | {"identity_grants": (*ended, *fresh)}
        )
        yield from beside_column(said, table)


def _naming(column: CatalogueObject) -> dict[str, Property]:
    names = ("identity_sequence", "not_null_name")
    return {name: column.properties[name] for name in names if name in column.properties}


def _not_null(pair: Pair, alter: str) -> Iterator[str]:
    after, before = pair.after, pair.before
    if after.flag("nullable") and not after.flag("not_null_not_valid"):
        if not before.flag("nullable") or before.flag("not_null_not_valid"):
            yield f"{alter} DROP NOT NULL;"
    elif before.flag("nullable") and not before.flag("not_null_not_valid"):
        yield from _set_not_null(pair, alter)
    else:
        yield from _named_not_null(pair)


def _set_not_null(pair: Pair, alter: str) -> Iterator[str]:
    name, table = pair.after.text("not_null_name"), pair.alter_table
    unchecked = pair.after.flag("not_null_not_valid")
    alone = pair.after.flag("not_null_no_inherit")
    plain = name is None and not unchecked and not alone
    if plain and pair.safe and pair.server_version < _NOT_NULL_NAMED:
        yield from safe_not_null(pair.name, pair.after.parent or "")
        return
    if plain and not pair.safe:
        yield f"{alter} SET NOT NULL;"
        return
    called = _not_null_name(pair.after)
    later = pair.safe and not unchecked
    suffix = f"{' NO INHERIT' if alone else ''}{' NOT VALID' if unchecked or later else ''}"
    yield f"{table} ADD CONSTRAINT {called} NOT NULL {pair.name}{suffix};"
    if later:
        yield f"{table} VALIDATE CONSTRAINT {called};"


def _named_not_null(pair: Pair) -> Iterator[str]:
    old, new = _not_null_name(pair.before), _not_null_name(pair.after)
    if old != new:
        yield f"{pair.alter_table} RENAME CONSTRAINT {old} TO {new};"
    if "not_null_not_valid" in pair.details and not pair.after.flag("not_null_not_valid"):
        yield f"{pair.alter_table} VALIDATE CONSTRAINT {new};"
    elif "not_null_not_valid" in pair.details:
        yield f"{pair.alter_table} DROP CONSTRAINT {new};"
        yield f"{pair.alter_table} ADD CONSTRAINT {new} NOT NULL {pair.name} NOT VALID;"
    if "not_null_no_inherit" in pair.details:
        how = "NO INHERIT" if pair.after.flag("not_null_no_inherit") else "INHERIT"
        yield f"{pair.alter_table} ALTER CONSTRAINT {new} {how};"


def _not_null_name(item: CatalogueObject) -> str:
    if name := item.text("not_null_name"):
        return name
    return usual_name(item.parent or "", item.identity, suffix="not_null")


def add_column(item: CatalogueObject, table: CatalogueObject | None) -> Iterator[str]:
    """Yield the statements that add a column to a table that is there."""
    alter = f"ALTER {alter_noun(table)} {item.parent}"
    yield f"{alter} ADD COLUMN {column_line(item)};"
    name = item.identity.removeprefix(f"{item.parent}.")
    empty = replace(item, properties={})
    names = [n for n in ("storage", "statistics", "options") if item.properties.get(n) is not None]
    yield from _settings(empty, item, names, f"{alter} ALTER COLUMN {name}")
    if item.flag("not_null_not_valid"):
        called = item.text("not_null_name")
        constraint = f"CONSTRAINT {called} " if called else ""
        yield f"{alter} ADD {constraint}NOT NULL {name} NOT VALID;"
    yield from remarks(item)
    if table is not None:
        yield from beside_column(item, table)


def default(pair: Pair) -> Alteration:
    """Give a column another default."""
    return Alteration(main=(set_default(pair.after, pair.table),))


def set_default(item: CatalogueObject, table: CatalogueObject | None) -> str:
    """Return the statement that sets a default."""
    return f"{_on_column(item, table)} SET DEFAULT {item.definition};"


def drop_default(item: CatalogueObject, table: CatalogueObject | None) -> str:
    """Return the statement that takes a default away."""
    return f"{_on_column(item, table)} DROP DEFAULT;"


def _on_column(item: CatalogueObject, table: CatalogueObject | None) -> str:
    foreign = table is not None and table.kind == "foreign_table"
    noun = "FOREIGN TABLE" if foreign else "TABLE"
    name = item.identity.removeprefix(f"{item.parent}.")
    # The children of the table have defaults of their own.
    return f"ALTER {noun} ONLY {item.parent} ALTER COLUMN {name}"
