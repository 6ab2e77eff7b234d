"""What belongs to tables: columns, constraints, indexes, triggers, rules, policies, statistics."""

from collections.abc import Iterable, Mapping

from vado.database import Answer, load_queries
from vado.schema.model import Property
from vado.schema.secrets import split_options
from vado.schema.sequences import unusual_options
from vado.schema.shelf import ColumnPlace, Part, Row, Shelf

_RELATIONS = load_queries("vado.schema", "queries/relations.sql")
_ROUTINES = load_queries("vado.schema", "queries/routines.sql")
_NOT_NULLS_NAMED = 180000

# What can be said of the columns of a materialised view, which are no objects.
_SETTINGS = ("statistics", "storage", "compression")
_ABOUT_SEQUENCES = ("identity_sequence", "identity_persistence", "sequence_name")

# What is read of a column before its properties begin.
_FIELDS = 6

Place = tuple[int, int]
_NOTHING: Row = {}


def columns(shelf: Shelf) -> Part:
    """Add the columns of all tables."""
    named = shelf.server_version >= _NOT_NULLS_NAMED
    answers = yield (
        *((_RELATIONS["named_not_nulls"],) if named else ()),
        _RELATIONS["identity_options"],
        _RELATIONS["columns"],
    )
    beside = _by_place(next(answers).rows()) if named else {}
    for row in next(answers).rows():
        beside.setdefault((row["oid"], row["subid"]), {}).update(_identity(shelf, row))
    _add_columns(shelf, next(answers), beside)


def _add_columns(shelf: Shelf, answer: Answer, beside: Mapping[Place, Row]) -> None:
    """Add the columns; *beside* is what is told of some only: unusual NOT NULLs, identities."""
    said = answer.columns[_FIELDS:]
    relation, relation_oid = None, 0
    for oid, number, name, stored, options, foreign_options, *values in answer.tuples():
        if oid != relation_oid:
            relation, relation_oid = shelf.relation(oid), oid
        if relation is None:  # the table is an extension's
            continue
        shelf.names[oid, number] = name
        if relation.kind == "materialized_view":  # its query tells of them, but for the settings
            continue
        place = ColumnPlace(oid, number, f"{relation.identity}.{name}", relation.identity, stored)
        more = beside.get((oid, number), _NOTHING)
        if "identity_options" in more:
            place = place._replace(stored=f"{stored} {more.pop('sequence_name')}")
        if options or foreign_options:
            more = {**more, "options": options}
            more["foreign_options"], more["secrets"] = split_options(foreign_options)
        shelf.add_column(place, said, tuple(values), more)


def _identity(shelf: Shelf, sequence: Row) -> dict[str, Property]:
    on_it = shelf.hanging.on(("pg_class", sequence["sequence"], 0))
    return {
        "identity_options": unusual_options(sequence),
        **{name: sequence[name] for name in _ABOUT_SEQUENCES},
        "identity_comment": on_it.get("comment"),
        "identity_grants": on_it.get("grants"),
    }


def column_settings(answer: Answer) -> dict[int, list[str]]:
    """Return what is set for columns of materialised views, by the OID of the view."""
    found: dict[int, list[str]] = {}
    for row in answer.rows():
        settings = [f"{name}={row[name]}" for name in _SETTINGS if row[name] is not None]
        settings.extend(sorted(row["options"] or ()))
        found.setdefault(row["oid"], []).extend(f"{row['name']}: {text}" for text in settings)
    return found


def constraints(shelf: Shelf) -> Part:
    """Add the constraints of tables and domains."""
    answers = yield (_RELATIONS["constraints"],)
    rows = next(answers).rows()
    places = {row["oid"]: (row["conrelid"], row["name"]) for row in rows}
    of_indexes = {row["conindid"]: row["oid"] for row in rows if row["of_index"]}
    for row in rows:
        relation, domain = row.pop("conrelid"), row.pop("contypid")
        referenced, numbers = row.pop("confrelid"), row.pop("referenced_numbers")
        row["columns"] = shelf.column_names(relation, row.pop("column_numbers"))
        if referenced and (target := shelf.relation(referenced)):
            row["references"] = target.identity
            row["referenced_columns"] = shelf.column_names(referenced, numbers)
        if row["definition"].endswith(" NOT ENFORCED"):
            row["stored"] += " not enforced"
        index, parent_index = row.pop("conindid"), row.pop("parent_index")
        above = row.pop("conparentid") or of_indexes.get(parent_index, 0)
        if row.pop("of_index"):
            row["index_comment"] = shelf.hanging.on(("pg_class", index, 0)).get("comment")
        if above in places and (parent := shelf.relation(places[above][0])):
            row["inherits_from"] = f"{parent.identity}.{places[above][1]}"
        elif parent_index:
            row["inherits_from"] = row["parent_index_name"]
        row.pop("parent_index_name")
        owner = ("pg_class", relation, 0) if relation else ("pg_type", domain, 0)
        shelf.add_below(row, "constraint", owner)


def indexes(shelf: Shelf) -> Part:
    """Add the indexes that no constraint has made."""
    answers = yield _RELATIONS["index_statistics"], _RELATIONS["indexes"]
    statistics = {row["oid"]: row["statistics"] for row in next(answers).rows()}
    rows = next(answers).rows()
    identities = {row["oid"]: row["identity"] for row in rows}
    for row in rows:
        relation = row.pop("indrelid")
        table = shelf.relation(relation)
        if table is None:
            continue
        count, numbers = row.pop("key_columns"), row.pop("column_numbers")
        row["columns"] = shelf.column_names(relation, numbers[:count])
        row["inherits_from"] = identities.get(row.pop("conparentid"))
        row["statistics"] = statistics.get(row["oid"])
        row["parent"] = table.identity
        shelf.add(row, "index")


def triggers(shelf: Shelf) -> Part:
    """Add triggers; those that partitions have from their whole are marked."""
    answers = yield (_ROUTINES["triggers"],)
    for row in next(answers).rows():
        above, name = row.pop("parent_relation"), row.pop("parent_name")
        if above and (parent := shelf.relation(above)):
            row["inherits_from"] = f"{parent.identity}.{name}"
        shelf.add_below(row, "trigger", ("pg_class", row.pop("tgrelid"), 0))


def rules(shelf: Shelf) -> Part:
    """Add rules, but for those that are views."""
    answers = yield (_ROUTINES["rules"],)
    for row in next(answers).rows():
        shelf.add_below(row, "rule", ("pg_class", row.pop("ev_class"), 0))


def policies(shelf: Shelf) -> Part:
    """Add policies."""
    answers = yield (_ROUTINES["policies"],)
    for row in next(answers).rows():
        shelf.add_below(row, "policy", ("pg_class", row.pop("polrelid"), 0))


def statistics(shelf: Shelf) -> Part:
    """Add extended statistics."""
    answers = yield (_RELATIONS["statistics"],)
    for row in next(answers).rows():
        if table := shelf.relation(row.pop("stxrelid")):
            row["parent"] = table.identity
            shelf.add(row, "statistics")


def _by_place(rows: Iterable[Row]) -> dict[Place, Row]:
    return {(row.pop("oid"), row.pop("subid")): row for row in rows}
