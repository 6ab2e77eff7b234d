"""The catalogue put together: kind after kind, parents before what belongs to them."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import LiteralString

from vado.database import Question, Session, load_queries
from vado.schema import below_tables, elsewhere
from vado.schema.model import Catalogue
from vado.schema.secrets import split_options
from vado.schema.shelf import Part, Row, Shelf

Dependency = tuple[tuple[str, str], tuple[str, str]]
Queries = Mapping[str, LiteralString]
Kind = Callable[[Shelf], Part]

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


def assemble(session: Session, settings: Question) -> Catalogue:
    """Read all kinds of objects, in one round trip."""
    shelf = Shelf(session.server_version)
    counted: list[tuple[str, int]] = []
    found: list[Dependency] = []
    to_read: list[bool] = []
    last = (_counted(counted), _dependencies(shelf, found), _subscriptions_to_read(to_read))
    _read(session, settings, [*(part(shelf) for part in _PARTS), *last])
    if any(to_read):
        # Few have any, and the question is refused to whoever may not read them.
        _read(session, settings, [elsewhere.subscriptions(shelf)])
    return Catalogue(
        session.server_version, tuple(shelf.objects), tuple(counted), tuple(sorted(found))
    )


def _read(session: Session, settings: Question, parts: Sequence[Part]) -> None:
    asked = [next(part) for part in parts]
    questions = [Question(query) for queries in asked for query in queries]
    with session.moment(questions, settings) as answers:
        for part, queries in zip(parts, asked, strict=True):
            with suppress(StopIteration):
                part.send(islice(answers, len(queries)))


def _hanging(shelf: Shelf) -> Part:
    shelf.hanging.take((yield shelf.hanging.asks))


def _plain(families: tuple[tuple[Queries, Mapping[str, str | None]], ...]) -> Kind:
    def part(shelf: Shelf) -> Part:
        asked = [
            (queries[name], kind) for queries, kinds in families for name, kind in kinds.items()
        ]
        answers = yield tuple(query for query, _ in asked)
        for _, kind in asked:
            for row in next(answers).rows():
                shelf.add(row, kind)

    return part


def _domains(shelf: Shelf) -> Part:
    has_names = shelf.server_version >= _DOMAINS_WITH_NAMED_NOT_NULL
    names = ("domain_not_nulls", "domains") if has_names else ("domains",)
    answers = yield tuple(_TYPES[name] for name in names)
    named: dict[int, Row] = {}
    if has_names:
        named = {row.pop("oid"): row for row in next(answers).rows()}
    for row in next(answers).rows():
        row.update(named.get(row["oid"], {}))
        shelf.add(row, "domain")


def _relations(shelf: Shelf) -> Part:
    answers = yield RELATIONS["tables"], RELATIONS["view_column_settings"], RELATIONS["views"]
    for row in next(answers).rows():
        _with_all_options(row)
        if row["foreign_options"]:
            row["foreign_options"], row["secrets"] = split_options(row["foreign_options"])
        shelf.add(row)
    settings = below_tables.column_settings(next(answers))
    for row in next(answers).rows():
        _with_all_options(row)
        row["column_settings"] = settings.get(row["oid"])
        shelf.add(row)


def _with_all_options(row: Row) -> None:
    """Join the options of the table with those of its TOAST table, in PostgreSQL's order."""
    toast = row.pop("toast_options")
    if toast or row["options"]:
        options = [*(row["options"] or ()), *(f"toast.{option}" for option in toast or ())]
        row["options"] = options


def _counted(counted: list[tuple[str, int]]) -> Part:
    answers = yield (ATTACHED["not_compared"],)
    counted.extend((row["kind"], row["total"]) for row in next(answers).rows())


def _dependencies(shelf: Shelf, found: list[Dependency]) -> Part:
    answers = yield (ATTACHED["dependencies"],)
    for class_, oid, needed_class, needed_oid in next(answers).tuples():
        one = shelf.keys.get((class_, oid, 0))
        other = shelf.keys.get((needed_class, needed_oid, 0))
        if one and other:
            found.append(((one.kind, one.identity), (other.kind, other.identity)))


def _subscriptions_to_read(to_read: list[bool]) -> Part:
    answers = yield (elsewhere.SUBSCRIPTIONS_TO_READ,)
    to_read.append(next(answers).value())


_PARTS: tuple[Kind, ...] = (
    _hanging,
    _plain(_BEFORE_TABLES),
    _domains,
    _relations,
    _plain(_AFTER_TABLES),
    below_tables.columns,
    below_tables.constraints,
    below_tables.indexes,
    below_tables.triggers,
    below_tables.rules,
    below_tables.policies,
    below_tables.statistics,
    elsewhere.publications,
    elsewhere.foreign,
    elsewhere.privileges,
)
