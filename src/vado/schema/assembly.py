"""Rows of the catalogue become objects, and what hangs on them is put in its place."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vado.database import Session, load_queries
from vado.schema.model import Catalogue, CatalogueObject, Property

Row = dict[str, Any]
Key = tuple[str, int, int]
Entry = tuple[str, Property]
Properties = dict[str, Property]
Dependency = tuple[tuple[str, str], tuple[str, str]]

RELATIONS = load_queries("vado.schema", "queries/relations.sql")
ROUTINES = load_queries("vado.schema", "queries/routines.sql")
TYPES = load_queries("vado.schema", "queries/types.sql")
OTHERS = load_queries("vado.schema", "queries/others.sql")
ATTACHED = load_queries("vado.schema", "queries/attached.sql")

_EMPTY: tuple[Any, ...] = ([], ())
_NOT_NULLS_NAMED = 180000
_PARTS_PUBLISHED = 150000

# Their columns are not objects of their own: what hangs on those is told with the whole.
_WITH_PARTS = frozenset({"view", "materialized_view", "composite"})
_TYPE_QUERIES = {
    "enums": "enum",
    "domains": "domain",
    "composites": "composite",
    "ranges": "range",
    "collations": "collation",
    "extensions": "extension",
}

_OTHER_QUERIES = {
    "casts": "cast",
    "operators": "operator",
    "foreign_data_wrappers": "foreign_data_wrapper",
    "foreign_servers": "foreign_server",
    "default_privileges": "default_privileges",
}

_CLASSES = {
    "schema": "pg_namespace",
    "enum": "pg_type",
    "domain": "pg_type",
    "composite": "pg_type",
    "range": "pg_type",
    "collation": "pg_collation",
    "extension": "pg_extension",
    "function": "pg_proc",
    "procedure": "pg_proc",
    "aggregate": "pg_proc",
    "constraint": "pg_constraint",
    "trigger": "pg_trigger",
    "rule": "pg_rewrite",
    "policy": "pg_policy",
    "event_trigger": "pg_event_trigger",
    "statistics": "pg_statistic_ext",
    "publication": "pg_publication",
    "cast": "pg_cast",
    "operator": "pg_operator",
    "foreign_data_wrapper": "pg_foreign_data_wrapper",
    "foreign_server": "pg_foreign_server",
    "default_privileges": "pg_default_acl",
}

_USUAL_BOUNDS = {"smallint": 2**15, "integer": 2**31, "bigint": 2**63}
_CLAUSES = {
    "start": "start with {}",
    "increment": "increment by {}",
    "min": "minvalue {}",
    "max": "maxvalue {}",
    "cache": "cache {}",
    "cycle": "cycle",
}


class Assembly:
    """One reading of a catalogue."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._objects: list[CatalogueObject] = []
        self._keys: dict[Key, CatalogueObject] = {}
        self._attached: dict[Key, list[Entry]] = {}
        self._parts: dict[tuple[str, int], list[Entry]] = {}
        self._shared: dict[tuple[object, ...], Properties] = {}
        self._names: dict[tuple[int, int], str] = {}

    def catalogue(self) -> Catalogue:
        """Read all kinds, parents before what belongs to them."""
        self._attach()
        self._plain(RELATIONS, {"schemas": "schema"})
        self._plain(TYPES, _TYPE_QUERIES)
        self._plain(RELATIONS, {"tables": None, "views": None, "sequences": "sequence"})
        self._plain(ROUTINES, {"functions": None, "aggregates": "aggregate"})
        self._columns()
        self._constraints()
        self._indexes()
        self._belonging("triggers", "trigger", "tgrelid")
        self._belonging("rules", "rule", "ev_class")
        self._belonging("policies", "policy", "polrelid")
        self._plain(ROUTINES, {"event_triggers": "event_trigger"})
        self._belonging_statistics()
        self._publications()
        self._plain(OTHERS, _OTHER_QUERIES)
        counted = self._session.rows(ATTACHED["not_compared"])
        return Catalogue(
            self._session.server_version,
            tuple(self._objects),
            tuple((row["kind"], row["total"]) for row in counted),
            self._dependencies(),
        )

    def _plain(self, queries: Mapping[str, Any], kinds: Mapping[str, str | None]) -> None:
        for name, kind in kinds.items():
            for row in self._session.rows(queries[name]):
                self._add(row, kind)

    def _columns(self) -> None:
        not_nulls = {}
        if self._session.server_version >= _NOT_NULLS_NAMED:
            not_nulls = _by_place(self._session.rows(RELATIONS["named_not_nulls"]))
        identities = _by_place(self._session.rows(RELATIONS["identity_options"]))
        for row in self._session.rows(RELATIONS["columns"]):
            place = (row["oid"], row["subid"])
            table = self._keys.get(("pg_class", place[0], 0))
            if table is None:  # the table is an extension's
                continue
            name = self._names[place] = row.pop("name")
            if table.kind == "materialized_view":  # told with the view, named by its indexes
                continue
            row["identity"] = f"{table.identity}.{name}"
            row["parent"] = table.identity
            row.update(not_nulls.get(place, {}))
            if place in identities:
                row["identity_options"] = unusual_options(identities[place])
            self._add(row, "column")

    def _constraints(self) -> None:
        rows = self._session.rows(RELATIONS["constraints"])
        tables = {row["oid"]: row["conrelid"] for row in rows}
        names = {row["oid"]: row["name"] for row in rows}
        for row in rows:
            relation, domain = row.pop("conrelid"), row.pop("contypid")
            referenced, numbers = row.pop("confrelid"), row.pop("referenced_numbers")
            row["columns"] = self._column_names(relation, row.pop("column_numbers"))
            if referenced and (target := self._keys.get(("pg_class", referenced, 0))):
                row["references"] = target.identity
                row["referenced_columns"] = self._column_names(referenced, numbers)
            above = row.pop("conparentid")
            if above and (parent := self._keys.get(("pg_class", tables.get(above, 0), 0))):
                row["inherits_from"] = f"{parent.identity}.{names[above]}"
            owner = ("pg_class", relation, 0) if relation else ("pg_type", domain, 0)
            self._add_below(row, "constraint", owner)

    def _indexes(self) -> None:
        statistics = {
            row["oid"]: row["statistics"]
            for row in self._session.rows(RELATIONS["index_statistics"])
        }
        rows = self._session.rows(RELATIONS["indexes"])
        identities = {row["oid"]: row["identity"] for row in rows}
        for row in rows:
            relation = row.pop("indrelid")
            table = self._keys.get(("pg_class", relation, 0))
            if table is None:
                continue
            count, numbers = row.pop("key_columns"), row.pop("column_numbers")
            row["columns"] = self._column_names(relation, numbers[:count])
            row["inherits_from"] = identities.get(row.pop("conparentid"))
            row["statistics"] = statistics.get(row["oid"])
            row["parent"] = table.identity
            self._add(row, "index")

    def _belonging(self, query: str, kind: str, owner: str) -> None:
        for row in self._session.rows(ROUTINES[query]):
            self._add_below(row, kind, ("pg_class", row.pop(owner), 0))

    def _belonging_statistics(self) -> None:
        for row in self._session.rows(OTHERS["statistics"]):
            if table := self._keys.get(("pg_class", row.pop("stxrelid"), 0)):
                row["parent"] = table.identity
                self._add(row, "statistics")

    def _publications(self) -> None:
        parts = self._session.server_version >= _PARTS_PUBLISHED
        tables = self._session.rows(OTHERS["published_parts" if parts else "published_tables"])
        schemas = self._session.rows(OTHERS["published_schemas"]) if parts else []
        more: dict[int, Row] = {}
        for row in (*tables, *schemas):
            more.setdefault(row.pop("oid"), {}).update(row)
        for row in self._session.rows(OTHERS["publications"]):
            row.update(more.get(row["oid"], {}))
            self._add(row, "publication")

    def _add_below(self, row: Row, kind: str, owner: Key) -> None:
        above = self._keys.get(owner)
        if above is not None:
            row["identity"] = f"{above.identity}.{row.pop('name')}"
            row["parent"] = above.identity
            self._add(row, kind)

    def _add(self, row: Row, kind: str | None) -> None:
        kind = kind or row.pop("kind")
        key = (class_of(kind), row.pop("oid"), row.pop("subid", 0))
        item = CatalogueObject(
            kind,
            row.pop("identity"),
            key[1],
            key[2],
            row.pop("parent", None),
            definition=row.pop("definition", None),
            stored=row.pop("stored", None),
            properties=self._properties(row, key, kind),
        )
        self._objects.append(item)
        self._keys[key] = item

    def _properties(self, row: Row, key: Key, kind: str) -> Properties:
        hanging = self._attached.get(key, [])
        if kind in _WITH_PARTS:
            hanging = [*hanging, *self._parts.get(key[:2], ())]
        if hanging:
            return _kept([*row.items(), *hanging])
        # Thousands of columns have the same few properties: they share them.
        values = (kind, *row.values())
        try:
            return self._shared[values]
        except KeyError:
            return self._shared.setdefault(values, _kept(row.items()))
        except TypeError:  # a list among them: too rare to be shared
            return _kept(row.items())

    def _attach(self) -> None:
        texts: dict[tuple[Key, str], list[str]] = {}
        parts: dict[tuple[tuple[str, int], str], list[str]] = {}
        for name in ("comments", "labels", "grants"):
            for row in self._session.rows(ATTACHED[name]):
                key = (row["class"], row["oid"], row["subid"])
                texts.setdefault((key, name), []).append(row["value"])
                if row["subid"]:
                    text = f"{row['part']}: {row['value']}"
                    parts.setdefault((key[:2], f"column_{name}"), []).append(text)
        for (key, name), values in texts.items():
            entry = ("comment", values[0]) if name == "comments" else (name, tuple(values))
            self._attached.setdefault(key, []).append(entry)
        for (place, name), values in parts.items():
            self._parts.setdefault(place, []).append((name, tuple(sorted(values))))

    def _column_names(self, relation: int, numbers: Sequence[int] | None) -> tuple[str, ...]:
        return tuple(self._names.get((relation, number), "") for number in numbers or ())

    def _dependencies(self) -> tuple[Dependency, ...]:
        found = []
        for row in self._session.rows(ATTACHED["dependencies"]):
            one = self._keys.get((row["class"], row["oid"], 0))
            other = self._keys.get((row["needed_class"], row["needed_oid"], 0))
            if one and other:
                found.append(((one.kind, one.identity), (other.kind, other.identity)))
        return tuple(sorted(found))


def class_of(kind: str) -> str:
    """Return the catalogue of PostgreSQL in which objects of a kind have their rows."""
    return _CLASSES.get(kind, "pg_class")


def _kept(entries: Iterable[tuple[str, Any]]) -> Properties:
    """Keep what is not absent, false or empty: of most properties of most objects, nothing."""
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in entries
        if value is not None and value is not False and value not in _EMPTY
    }


def _by_place(rows: Iterable[Row]) -> dict[tuple[int, int], Row]:
    return {(row.pop("oid"), row.pop("subid")): row for row in rows}


def unusual_options(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a sequence says beyond its type, as the clauses that say it."""
    top = _USUAL_BOUNDS.get(row["type"], 0)
    rising = row["increment"] > 0
    low, high = (1, top - 1) if rising else (-top, -1)
    usual = {
        "start": row["min"] if rising else row["max"],
        "increment": 1,
        "min": low,
        "max": high,
        "cache": 1,
        "cycle": False,
    }
    return tuple(_CLAUSES[name].format(row[name]) for name in usual if row[name] != usual[name])
