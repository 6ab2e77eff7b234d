"""What is said about an object beside its definition: comments, labels, grants."""

import re
from collections.abc import Iterator

from vado.schema.model import CatalogueObject
from vado.schema.names import split_column

STATES = {"disabled": "DISABLE", "replica": "ENABLE REPLICA", "always": "ENABLE ALWAYS"}

# How statements call a kind, where that is not the kind's own name.
_NOUNS = {
    "enum": "TYPE",
    "composite": "TYPE",
    "range": "TYPE",
    "base_type": "TYPE",
    "shell_type": "TYPE",
    "foreign_server": "SERVER",
}
_GRANT_NOUNS = {
    "view": "TABLE",
    "materialized_view": "TABLE",
    "foreign_table": "TABLE",
    "column": "TABLE",
    "aggregate": "FUNCTION",
    "foreign_server": "FOREIGN SERVER",
}
_GRANTED = re.compile(r"(.*) granted by (\w+|\"(?:[^\"]|\"\")+\")", re.DOTALL)
_ON_PARENT = frozenset({"constraint", "trigger", "rule", "policy"})


def quoted(text: str | None) -> str | None:
    """Return a text as an SQL literal; None stays None."""
    if text is None:
        return None
    escaped = text.replace("'", "''")
    # With a backslash the plain form would depend on a setting of the session.
    return f"E'{escaped.replace(chr(92), chr(92) * 2)}'" if chr(92) in text else f"'{escaped}'"


def noun(kind: str) -> str:
    """Return how statements call a kind of object."""
    return _NOUNS.get(kind) or kind.upper().replace("_", " ")


def remarks(item: CatalogueObject, *, on_domain: bool = False) -> Iterator[str]:
    """Yield what is said about an object, and about columns that are not objects."""
    place = _place(item, on_domain=on_domain)
    if (comment := item.text("comment")) is not None:
        yield f"COMMENT ON {place} IS {quoted(comment)};"
    for text in item.texts("column_comments"):
        column, comment = split_column(text)
        yield f"COMMENT ON COLUMN {item.identity}.{column} IS {quoted(comment)};"
    for text in item.texts("security_labels"):
        yield _label(text, place)
    for text in item.texts("column_security_labels"):
        column, label = split_column(text)
        yield _label(label, f"COLUMN {item.identity}.{column}")
    for text in item.texts("grants"):
        yield _grant(text, item)
    for text in item.texts("column_grants"):
        column, grant = split_column(text)
        yield _grant(grant, item, column)
    for extension in item.texts("depends_on_extensions"):
        yield f"ALTER {place} DEPENDS ON EXTENSION {extension};"


def _label(text: str, place: str) -> str:
    provider, _, label = text.partition(": ")
    return f"SECURITY LABEL FOR {quoted(provider)} ON {place} IS {quoted(label)};"


def called(item: CatalogueObject) -> str:
    """Return the identity as statements write it: an aggregate of nothing is one of `*`."""
    identity = item.identity
    nothing = item.kind == "aggregate" and identity.endswith("()")
    return f"{identity[:-2]}(*)" if nothing else identity


def _place(item: CatalogueObject, *, on_domain: bool) -> str:
    if item.kind not in _ON_PARENT:
        return f"{noun(item.kind)} {called(item)}"
    name = item.identity.removeprefix(f"{item.parent}.")
    return f"{noun(item.kind)} {name} ON {'DOMAIN ' if on_domain else ''}{item.parent}"


def _grant(text: str, item: CatalogueObject, column: str | None = None) -> str:
    identity = item.identity
    if item.kind == "column":
        column, identity = identity.removeprefix(f"{item.parent}."), item.parent or ""
    return grant_statement(
        text, f"{_GRANT_NOUNS.get(item.kind) or noun(item.kind)} {identity}", column
    )


def grant_statement(text: str, place: str, column: str | None = None) -> str:
    """Put a place into `grant SELECT to role`; privileges hold no such word, roles may."""
    verb, _, rest = text.partition(" ")
    direction = " to " if verb == "grant" else " from "
    privileges, _, role = rest.partition(direction)
    role, grantor = split_grantor(role)
    if column is not None:
        privileges = ", ".join(f"{privilege} ({column})" for privilege in privileges.split(", "))
    statement = f"{verb.upper()} {privileges} ON {place}{direction.upper()}{role};"
    if grantor is None:
        return statement
    return f"SET SESSION AUTHORIZATION {grantor};\n{statement}\nRESET SESSION AUTHORIZATION;"


def split_grantor(role: str) -> tuple[str, str | None]:
    """Part `role granted by other`; the second is None where the owner granted."""
    found = _GRANTED.fullmatch(role)
    return (found[1], found[2]) if found else (role, None)
