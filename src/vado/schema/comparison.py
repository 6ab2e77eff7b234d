"""Which properties of an object are compared, and when two texts say the same."""

from collections.abc import Iterator

from vado.schema.model import CatalogueObject, Detail, Property
from vado.schema.names import name_parts, unquoted
from vado.sql import canonical_expression, canonical_query, canonical_statement

# The server prints these kinds whole; for all others the properties say everything.
DEFINED = frozenset(
    {
        "constraint",
        "index",
        "view",
        "materialized_view",
        "trigger",
        "rule",
        "statistics",
        "cast",
        "operator",
    }
)

# Said for readers of the catalogue, and said again by the definition.
_REDUNDANT = {
    "constraint": frozenset({"type", "columns", "references", "referenced_columns"}),
    "index": frozenset({"unique", "method", "columns", "predicate"}),
    "trigger": frozenset({"function"}),
    "sequence": frozenset({"owned_by_table"}),
    # Whether it holds rows yet is no part of the schema.
    "materialized_view": frozenset({"unpopulated"}),
    # Nobody can say in SQL who owns an extension: it is whoever makes it.
    "extension": frozenset({"owner"}),
    "privileges": frozenset({"object_kind"}),
}

# What names other objects: it reads differently when one of those is renamed. Inside one database
# it is compared only when PostgreSQL's own form, which holds OIDs, has changed.
_NAMING = frozenset(
    {
        "analyze", "arguments", "attributes", "body", "canonical", "collation", "column_defaults",
        "columns", "combine_function", "default", "definition", "deserial_function", "element",
        "expression", "family", "final_function", "from_sql", "function", "handler",
        "identity_sequence", "inherits", "inherits_from", "init", "inline_handler", "input",
        "lexize", "mappings", "members", "moving_final_function", "moving_function",
        "moving_inverse_function", "moving_transition_type", "of_type", "operator_class", "output",
        "owned_by", "parser", "partition_bound", "partition_by", "receive", "returns", "role",
        "schemas", "send", "serial_function", "server", "sort_operator", "subscript", "subtype",
        "subtype_diff", "support", "tables", "template", "to_sql", "transforms",
        "transition_function", "transition_type", "type", "typmod_in", "typmod_out", "using",
        "validator", "with_check", "wrapper",
    }
)  # fmt: skip

# Kept in the order in which they were set, which means nothing.
_UNORDERED = frozenset({"options", "settings"})
# Clauses of statements: without a statement around it no parser reads them.
_FRAMES = {
    ("constraint", "definition"): "alter table t add {}",
    ("function", "arguments"): "create function f({}) returns int language sql as ''",
    ("procedure", "arguments"): "create procedure f({}) language sql as ''",
    ("table", "partition_by"): "create table t () partition by {}",
    ("view", "column_defaults"): "alter table t add {}",
    ("publication", "tables"): "create publication p for table {}",
}

# What is told of an object since a major version.
_SINCE = {
    ("domain", "not_null_name"): 17,
    ("domain", "not_null_comment"): 17,
    ("column", "not_null_name"): 18,
    ("column", "not_null_inherited"): 18,
    ("column", "not_null_no_inherit"): 18,
    ("column", "not_null_comment"): 18,
}
_VERSION_PER_MAJOR = 10_000
_EXPRESSIONS = frozenset({"default", "expression", "using", "with_check", "partition_bound"})


def derived(item: CatalogueObject) -> bool:
    """Say whether PostgreSQL made the object for a partition, after that of the whole.

    Nobody makes or drops such a foreign key or trigger, and its name is PostgreSQL's choice.
    """
    if item.text("inherits_from") is None:
        return False
    return item.kind == "trigger" or item.text("type") == "foreign_key"


def compared(item: CatalogueObject) -> Iterator[tuple[str, Property]]:
    """Yield the properties that count, the definition among them where it says more."""
    if derived(item):
        if item.kind == "trigger":
            yield "enabled", item.text("enabled")
        return
    redundant = _REDUNDANT.get(item.kind, frozenset())
    for name, value in item.properties.items():
        if name not in redundant:
            yield name, value
    if item.kind in DEFINED:
        yield "definition", item.definition


def canonical(item: CatalogueObject, name: str, value: Property) -> Property:
    """Return the one spelling of a property, so that equal meanings are equal texts."""
    if isinstance(value, str):
        return _canonical(item.kind, name, value)
    if not isinstance(value, tuple):
        return value
    if name in _UNORDERED:
        return tuple(sorted(value))
    return tuple(_canonical(item.kind, name, text) for text in value)


def _canonical(kind: str, name: str, text: str) -> str:
    if name in _EXPRESSIONS:
        return canonical_expression(text)
    if name == "definition" or (kind, name) in _FRAMES:
        return canonical_statement(_FRAMES.get((kind, name), "{}").format(text))
    if name == "body" and _is_atomic(text):
        return canonical_statement(f"create function f() returns int language sql {text}")
    return text


def _is_atomic(body: str) -> bool:
    """Say whether a body is one that PostgreSQL keeps as a tree and prints itself."""
    return body.startswith(("BEGIN ATOMIC", "RETURN "))


def differences(
    before: CatalogueObject,
    after: CatalogueObject,
    *,
    same_database: bool,
    untold: frozenset[tuple[str, str]] | None = None,
) -> tuple[Detail, ...]:
    """Return the properties in which two objects differ, in the order they are kept.

    With *untold* they come from servers of different versions: the properties of which only one of
    them can tell, and queries may be spelled in more ways.
    """
    untouched = same_database and before.stored is not None and before.stored == after.stored
    old, new = dict(compared(before)), dict(compared(after))
    found = []
    for name in dict.fromkeys([*old, *new]):
        one, other = old.get(name), new.get(name)
        if one == other or (untouched and name in _NAMING) or (before.kind, name) in (untold or ()):
            continue
        if name == "not_null_name" and same_database and _not_null(before) == _not_null(after):
            continue
        if canonical(before, name, one) == canonical(after, name, other):
            continue
        if not (untold is not None and name == "definition" and _same_query(before, one, other)):
            found.append(_detail(name, one, other))
    return tuple(found)


def untold(one: int, other: int) -> frozenset[tuple[str, str]] | None:
    """Return which properties of which kinds only one of two servers can tell; None if equal."""
    low, high = sorted((one // _VERSION_PER_MAJOR, other // _VERSION_PER_MAJOR))
    if low == high:
        return None
    return frozenset({place for place, since in _SINCE.items() if low < since <= high})


def _same_query(item: CatalogueObject, one: Property, other: Property) -> bool:
    if item.kind not in {"view", "materialized_view"}:
        return False
    return canonical_query(str(one)) == canonical_query(str(other))


def _not_null(column: CatalogueObject) -> str | None:
    """Return what the NOT NULL of a column is called; the usual name is not kept."""
    if column.flag("nullable"):
        return None
    *_, table, name = (unquoted(part) for part in name_parts(column.identity))
    return unquoted(column.text("not_null_name") or f"{table}_{name}_not_null")


def _detail(name: str, before: Property, after: Property) -> Detail:
    # An absent flag is a false one.
    if before is True or after is True:
        return Detail(name, bool(before), bool(after))
    return Detail(name, before, after)
