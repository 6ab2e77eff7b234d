"""What statements call the kinds of objects, and how they name one."""

import re

from vado.schema import CatalogueObject, called, name_parts

_NOUNS = {
    "enum": "TYPE",
    "composite": "TYPE",
    "range": "TYPE",
    "base_type": "TYPE",
    "shell_type": "TYPE",
    "shell": "TYPE",
    "foreign_server": "SERVER",
    "access_method": "ACCESS METHOD",
    "text_search_configuration": "TEXT SEARCH CONFIGURATION",
}
# They stand on a table: their names are only known there.
ON_PARENT = frozenset({"trigger", "rule", "policy"})
_PLAIN = re.compile(r"[a-z_][a-z0-9_]*")
_RESERVED_TEXT = """
all analyse analyze and any array as asc asymmetric authorization between binary both case
cast check collate collation column concurrently constraint create cross current_catalog
current_date current_role current_schema current_time current_timestamp current_user
default deferrable desc distinct do else end except false fetch for foreign freeze from
full grant group having ilike in initially inner intersect into is isnull join lateral
leading left like limit localtime localtimestamp natural none not notnull null offset on
only or order outer overlaps placing primary public references returning right select
session_user similar some symmetric system_user table tablesample then to trailing true
union unique user using variadic verbose when where window with
"""
_RESERVED = frozenset(_RESERVED_TEXT.split())


def noun(kind: str) -> str:
    """Return how a statement calls the kind: `MATERIALIZED VIEW`."""
    return _NOUNS.get(kind, kind.replace("_", " ").upper())


def place(item: CatalogueObject) -> str:
    """Return the noun and the name by which `drop` and `alter` know the object."""
    if item.kind in ON_PARENT:
        return f"{noun(item.kind)} {own_name(item)} ON {item.parent}"
    return f"{noun(item.kind)} {called(item)}"


def own_name(item: CatalogueObject) -> str:
    """Return the name of an object without that of its parent."""
    return item.identity.removeprefix(f"{item.parent}.")


def beside(identity: str, suffix: str) -> str:
    """Return the name of something that stands beside an object while the migration runs."""
    schema, name = name_parts(identity)
    plain = name.strip('"').replace('""', '"')[:50]
    other = f"{plain}{suffix}".replace('"', '""')
    return f'{schema}."{other}"' if name.startswith('"') else f"{schema}.{other}"


def role(text: str) -> str:
    """Return the name of a role as statements write it."""
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        return text
    if _PLAIN.fullmatch(text) and text not in _RESERVED:
        return text
    return '"' + text.replace('"', '""') + '"'
