"""The forms that let others go on working while a large table is changed.

They are several statements where one would do, and some of them run in no transaction: so they are
written only where a table is worth it.
"""

import re

from vado.generate.names import own_name
from vado.schema import CatalogueObject

_INDEX = re.compile(r"^CREATE (UNIQUE )?INDEX ", re.MULTILINE)
_KEY = re.compile(r"^(PRIMARY KEY|UNIQUE(?: NULLS NOT DISTINCT)?) (\(.*?\))(.*)$", re.DOTALL)
_PARTLY_UNCHECKED = 180000


def safe_index(text: str, table: CatalogueObject | None) -> str:
    """Build an index while the table is written to; a partitioned table has no such form."""
    if table is None or table.text("partition_by"):
        return text
    return _INDEX.sub(lambda found: f"CREATE {found[1] or ''}INDEX CONCURRENTLY ", text, count=1)


def safe_drop_index(text: str, item: CatalogueObject, table: CatalogueObject | None) -> str:
    """Drop an index without stopping who reads the table."""
    if table is None or table.text("partition_by") or item.text("inherits_from"):
        return text
    return text.replace("DROP INDEX ", "DROP INDEX CONCURRENTLY ", 1)


def safe_constraint(text: str, item: CatalogueObject, table: CatalogueObject | None) -> str:
    """Add a constraint unchecked and check it afterwards; a key takes an index built before."""
    if table is None or table.kind != "table" or item.flag("not_valid"):
        return text
    first, _, rest = text.partition(";\n")
    first = first.removesuffix(";")
    kind = item.text("type")
    whole = table.text("partition_by") is not None
    if kind in {"check", "foreign_key"} and not whole and " NOT ENFORCED" not in first:
        check = f"ALTER TABLE {item.parent} VALIDATE CONSTRAINT {own_name(item)};"
        return _lines(f"{first} NOT VALID;", check, rest)
    if kind in {"primary_key", "unique"} and not whole:
        return _by_index(item, rest) or text
    return text


def safe_not_null(column: str, table: str) -> tuple[str, ...]:
    """Prove by a checked constraint that a column holds no NULL, so that nothing is scanned."""
    name = "vado_not_null"
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({column} IS NOT NULL) NOT VALID;",
        f"ALTER TABLE {table} VALIDATE CONSTRAINT {name};",
        f"ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL;",
        f"ALTER TABLE {table} DROP CONSTRAINT {name};",
    )


def _by_index(item: CatalogueObject, rest: str) -> str | None:
    found = _KEY.match(item.definition or "")
    if found is None or "WITHOUT OVERLAPS" in found[2]:
        return None
    key, columns, more = found[1], found[2], found[3]
    distinct = " NULLS NOT DISTINCT" if "NULLS" in key else ""
    include = re.match(r" INCLUDE \([^()]*\)", more)
    after = more[include.end() :] if include else more
    if after and not re.fullmatch(r"(?: (?:NOT )?DEFERRABLE| INITIALLY \w+)*", after):
        return None
    clause = include.group() if include else ""
    kind = key.partition(" NULLS")[0]
    name, table = own_name(item), item.parent
    build = f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON {table} {columns}{clause}{distinct};"
    take = f"ALTER TABLE {table} ADD CONSTRAINT {name} {kind} USING INDEX {name}{after};"
    return _lines(build, take, rest)


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)
