"""The catalogue put together: kind after kind, parents before what belongs to them."""

from collections.abc import Callable, Mapping
from typing import LiteralString

from vado.database import Session, load_queries
from vado.schema import below_tables, elsewhere
from vado.schema.model import Catalogue
from vado.schema.secrets import split_options
from vado.schema.shelf import Row, Shelf

Dependency = tuple[tuple[str, str], tuple[str, str]]
Queries = Mapping[str, LiteralString]

RELATIONS = load_queries("vado.schema", "queries/relations.sql")
ATTACHED = load_queries("vado.schema", "queries/attached.sql")
_ROUTINES = load_queries("vado.schema", "queries/routines.sql")
_TYPES = load_queries("vado.schema", "queries/types.sql")
_OPERATORS = load_queries("vado.schema", "queries/operators.sql")
_TEXT_SEARCH = load_queries("vado.schema", "queries/text_search.sql")

_DOMAINS_WITH_NAMED_NOT_NULL = 170000

# Queries whose rows are objects as they stand, and the kind where the row does not say it.
_BEFORE_TABLES: tuple[tuple[Queries, Mapping[str, str | None]], ...] = (
    (RELATIONS, {"schemas": "schema"}),
    (
        _TYPES,
        {
            "enums": "enum",
            "composites": "composite",
            "ranges": "range",
            "base_types": "base_type",
            "shell_types": "shell_type",
            "collations": "collation",
            "extensions": "extension",
        },
    ),
)
_AFTER_TABLES: tuple[tuple[Queries, Mapping[str, str | None]], ...] = (
    (RELATIONS, {"sequences": "sequence"}),
    (
        _ROUTINES,
        {"functions": None, "aggregates": "aggregate", "event_triggers": "event_trigger"},
    ),
    (
        _OPERATORS,
        {
            "casts": "cast",
            "operators": "operator",
            "operator_classes": "operator_class",
            "operator_families": "operator_family",
            "access_methods": "access_method",
            "languages": "language",
            "transforms": "transform",
            "conversions": "conversion",
        },
    ),
    (
        _TEXT_SEARCH,
        {
            "text_search_parsers": "text_search_parser",
            "text_search_templates": "text_search_template",
            "text_search_dictionaries": "text_search_dictionary",
            "text_search_configurations": "text_search_configuration",
        },
    ),
)
_LAST: tuple[Callable[[Shelf], None], ...] = (
    below_tables.columns,
    below_tables.constraints,
    below_tables.indexes,
    below_tables.triggers,
    below_tables.rules,
    below_tables.policies,
    below_tables.statistics,
    elsewhere.publications,
    elsewhere.subscriptions,
    elsewhere.foreign,
    elsewhere.privileges,
)


def assemble(session: Session) -> Catalogue:
    """Read all kinds of objects."""
    shelf = Shelf(session)
    _plain(shelf, _BEFORE_TABLES)
    _domains(shelf)
    _relations(shelf)
    _plain(shelf, _AFTER_TABLES)
    for add in _LAST:
        add(shelf)
    counted = session.rows(ATTACHED["not_compared"])
    return Catalogue(
        session.server_version,
        tuple(shelf.objects),
        tuple((row["kind"], row["total"]) for row in counted),
        _dependencies(shelf),
    )


def _plain(shelf: Shelf, families: tuple[tuple[Queries, Mapping[str, str | None]], ...]) -> None:
    for queries, kinds in families:
        for name, kind in kinds.items():
            for row in shelf.session.rows(queries[name]):
                shelf.add(row, kind)


def _domains(shelf: Shelf) -> None:
    named: dict[int, Row] = {}
    if shelf.session.server_version >= _DOMAINS_WITH_NAMED_NOT_NULL:
        found = shelf.session.rows(_TYPES["domain_not_nulls"])
        named = {row.pop("oid"): row for row in found}
    for row in shelf.session.rows(_TYPES["domains"]):
        row.update(named.get(row["oid"], {}))
        shelf.add(row, "domain")


def _relations(shelf: Shelf) -> None:
    for row in shelf.session.rows(RELATIONS["tables"]):
        _with_all_options(row)
        if row["foreign_options"]:
            row["foreign_options"], row["secrets"] = split_options(row["foreign_options"])
        shelf.add(row)
    settings = below_tables.column_settings(shelf)
    for row in shelf.session.rows(RELATIONS["views"]):
        _with_all_options(row)
        row["column_settings"] = settings.get(row["oid"])
        shelf.add(row)


def _with_all_options(row: Row) -> None:
    """Join the options of the table with those of its TOAST table, in PostgreSQL's order."""
    toast = row.pop("toast_options")
    if toast or row["options"]:
        options = [*(row["options"] or ()), *(f"toast.{option}" for option in toast or ())]
        row["options"] = options


def _dependencies(shelf: Shelf) -> tuple[Dependency, ...]:
    found = []
    for row in shelf.session.rows(ATTACHED["dependencies"]):
        one = shelf.keys.get((row["class"], row["oid"], 0))
        other = shelf.keys.get((row["needed_class"], row["needed_oid"], 0))
        if one and other:
            found.append(((one.kind, one.identity), (other.kind, other.identity)))
    return tuple(sorted(found))
