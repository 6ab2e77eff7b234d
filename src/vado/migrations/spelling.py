"""Names and types as they are written in SQL that Vado proposes."""

import re
from functools import cache

from vado.sql import Node, parse_script

Name = tuple[str, ...]

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*\Z")
_KNOWN_TYPES = {
    "int2": "smallint",
    "int4": "integer",
    "int8": "bigint",
    "float4": "real",
    "float8": "double precision",
    "bool": "boolean",
    "bpchar": "character",
    "timestamptz": "timestamp with time zone",
    "timetz": "time with time zone",
}


def spelled(*parts: str) -> str:
    """Return a possibly qualified name, each part quoted where it must be."""
    return ".".join(_part(part) for part in parts if part)


@cache
def _part(part: str) -> str:
    if _PLAIN.match(part):
        # PostgreSQL's own grammar knows which words are reserved.
        script = parse_script(f"alter table {part} drop column {part}")
        if not script.errors:
            return part
    return '"' + part.replace('"', '""') + '"'


def relation(node: Node | None) -> str:
    """Return the name of a table or another relation."""
    return "" if node is None else spelled(node.text("schemaname"), node.text("relname"))


def type_name(node: Node | None) -> str | None:
    """Return a type as an argument list names it; None for what only the server knows."""
    if node is None or node.flag("pct_type"):
        return None
    parts = node.names("names")
    if parts[:1] == ("pg_catalog",):
        name = _KNOWN_TYPES.get(parts[-1], spelled(parts[-1]))
    else:
        name = spelled(*parts)
    return name + "[]" * bool(node.nodes("arrayBounds"))
