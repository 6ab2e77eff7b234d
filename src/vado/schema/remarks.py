"""What is said about an object beside its definition: comments and grants."""

from collections.abc import Iterator

from vado.schema.model import CatalogueObject
from vado.schema.names import split_column

STATES = {"disabled": "DISABLE", "replica": "ENABLE REPLICA", "always": "ENABLE ALWAYS"}

# How statements call a kind, where that is not the kind's own name.
_NOUNS = {
    "materialized_view": "MATERIALIZED VIEW",
    "foreign_table": "FOREIGN TABLE",
    "event_trigger": "EVENT TRIGGER",
    "enum": "TYPE",
    "composite": "TYPE",
    "range": "TYPE",
    "foreign_data_wrapper": "FOREIGN DATA WRAPPER",
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
_ON_PARENT = frozenset({"constraint", "trigger", "rule", "policy"})


def quoted(text: str | None) -> str | None:
    """Return a text as an SQL literal; None stays None."""
    if text is None:
        return None
    escaped = text.replace("'", "''")
    # With a backslash the plain form would depend on a setting of the session.
    return f"E'{escaped.replace(chr(92), chr(92) * 2)}'" if chr(92) in text else f"'{escaped}'"


def remarks(item: CatalogueObject, *, on_domain: bool = False) -> Iterator[str]:
    """Yield the comments and grants of an object and of columns that are not objects."""
    if comment := item.text("comment"):
        yield f"COMMENT ON {_place(item, on_domain=on_domain)} IS {quoted(comment)};"
    for text in item.texts("column_comments"):
        column, comment = split_column(text)
        yield f"COMMENT ON COLUMN {item.identity}.{column} IS {quoted(comment)};"
    for text in item.texts("grants"):
        yield _grant(text, item)
    for text in item.texts("column_grants"):
        column, grant = split_column(text)
        yield _grant(grant, item, column)


def _place(item: CatalogueObject, *, on_domain: bool) -> str:
    noun = _NOUNS.get(item.kind, item.kind.upper())
    if item.kind not in _ON_PARENT:
        return f"{noun} {item.identity}"
    name = item.identity.removeprefix(f"{item.parent}.")
    return f"{noun} {name} ON {'DOMAIN ' if on_domain else ''}{item.parent}"


def _grant(text: str, item: CatalogueObject, column: str | None = None) -> str:
    """Put the object into `grant SELECT to role`; privileges hold no such word, roles may."""
    verb, _, rest = text.partition(" ")
    direction = " to " if verb == "grant" else " from "
    privileges, _, role = rest.partition(direction)
    noun = _GRANT_NOUNS.get(item.kind) or _NOUNS.get(item.kind, item.kind.upper())
    identity = item.identity
    if item.kind == "column":
        column, identity = identity.removeprefix(f"{item.parent}."), item.parent or ""
    if column is not None:
        privileges = ", ".join(f"{privilege} ({column})" for privilege in privileges.split(", "))
    return f"{verb.upper()} {privileges} ON {noun} {identity}{direction.upper()}{role};"
