"""Removals and additions between two databases that may be renames: questions, never assumed.

By names alone nobody can tell a rename from a removal and an addition. What is the same but for its
name is asked about, as long as there is only one such pair: two that are equally like are no
question that has an answer.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass

from vado.schema.comparison import canonical, compared, derived
from vado.schema.model import Catalogue, CatalogueObject
from vado.schema.names import before_arguments, name_parts

_TABLES = frozenset({"table", "foreign_table"})
_WHOLES = _TABLES | {"view", "materialized_view", "domain"}
# Said of an object whatever it is called, and differing for reasons of its own.
_ASIDE = frozenset(
    {"owner", "grants", "column_grants", "comment", "column_comments", "security_labels",
     "depends_on_extensions", "version"}
)  # fmt: skip
# Their names are what they are, or PostgreSQL's choice.
_NAMELESS = frozenset({"cast", "transform", "user_mapping", "default_privileges", "privileges",
                       "extension"})  # fmt: skip
_MOST_OF = 0.7

Signature = Callable[[CatalogueObject], Hashable]


@dataclass(frozen=True, slots=True)
class RenameCandidate:
    """A question: is *new_identity* what *identity* is called now? *why* is a code for faces."""

    kind: str
    identity: str
    new_identity: str
    why: str

    def to_json(self) -> dict[str, str]:
        """Return plain JSON data."""
        return {
            "kind": self.kind,
            "from": self.identity,
            "to": self.new_identity,
            "why": self.why,
        }


def rename_candidates(from_: Catalogue, to: Catalogue) -> tuple[RenameCandidate, ...]:
    """Return what may have been renamed between two databases."""
    return tuple(sorted(_Questions(from_, to).all(), key=lambda one: (one.kind, one.identity)))


class _Questions:
    def __init__(self, from_: Catalogue, to: Catalogue) -> None:
        self._from, self._to = from_, to
        removed, added = _unmatched(from_, to), _unmatched(to, from_)
        self._removed = [item for item in removed if _has_a_name(item)]
        self._added = [item for item in added if _has_a_name(item)]
        self._gone = {item.identity for item in removed if item.kind in _WHOLES}
        self._come = {item.identity for item in added if item.kind in _WHOLES}

    def all(self) -> Iterator[RenameCandidate]:
        schemas = list(self._pairs({"schema"}, self._content, "same_content"))
        yield from schemas
        self._forget({one.identity for one in schemas}, {one.new_identity for one in schemas})
        tables = list(self._pairs(_TABLES, self._columns, "same_columns"))
        yield from tables
        self._forget({one.identity for one in tables}, {one.new_identity for one in tables})
        yield from self._similar_tables()
        # What belongs to a table that comes or goes is told with it.
        self._removed = [item for item in self._removed if item.parent not in self._gone]
        self._added = [item for item in self._added if item.parent not in self._come]
        columns = list(self._pairs({"column"}, self._placed_column, "same_type_and_place"))
        yield from columns
        asked = {one.identity for one in columns} | {one.new_identity for one in columns}
        for one in self._pairs({"column"}, _typed_column, "same_type"):
            if one.identity not in asked and one.new_identity not in asked:
                yield one
        rest = {item.kind for item in self._removed} - {"schema", "column", *_TABLES}
        yield from self._pairs(rest, _signature, "same_definition")

    def _pairs(self, kinds: Iterable[str], like: Signature, why: str) -> Iterator[RenameCandidate]:
        wanted = frozenset(kinds)
        old, new = _grouped(self._removed, wanted, like), _grouped(self._added, wanted, like)
        for signature, items in old.items():
            others = new.get(signature, [])
            if len(items) == len(others) == 1:
                [one], [other] = items, others
                yield RenameCandidate(one.kind, one.identity, other.identity, why)

    def _similar_tables(self) -> Iterator[RenameCandidate]:
        removed = [item for item in self._removed if item.kind in _TABLES]
        added = [item for item in self._added if item.kind in _TABLES]
        likely = [
            (one, other)
            for one in removed
            for other in added
            if one.kind == other.kind and self._alike(one, other) >= _MOST_OF
        ]
        for one, other in likely:
            if sum(one in pair or other in pair for pair in likely) == 1:
                yield RenameCandidate(one.kind, one.identity, other.identity, "similar_columns")

    def _alike(self, one: CatalogueObject, other: CatalogueObject) -> float:
        old, new = set(self._columns_of(self._from, one)), set(self._columns_of(self._to, other))
        return len(old & new) / max(len(old), len(new), 1)

    def _forget(self, gone: set[str], come: set[str]) -> None:
        self._removed = [
            i for i in self._removed if i.identity not in gone and i.parent not in gone
        ]
        self._added = [i for i in self._added if i.identity not in come and i.parent not in come]

    def _catalogue_of(self, item: CatalogueObject) -> Catalogue:
        return self._from if self._from.find(item.kind, item.identity) is item else self._to

    def _content(self, schema: CatalogueObject) -> Hashable:
        inside = self._catalogue_of(schema).by_parent.get(schema.identity, ())
        names = {(item.kind, item.identity[len(schema.identity) :]) for item in inside}
        # An empty schema is like every other empty schema.
        return frozenset(names) or schema.identity

    def _columns(self, table: CatalogueObject) -> Hashable:
        columns = self._columns_of(self._catalogue_of(table), table)
        return (table.kind, *sorted(columns)) if columns else table.identity

    def _columns_of(self, catalogue: Catalogue, table: CatalogueObject) -> list[tuple[str, str]]:
        below = catalogue.by_parent.get(table.identity, ())
        return [(_own_name(i), i.text("type") or "") for i in below if i.kind == "column"]

    def _placed_column(self, column: CatalogueObject) -> Hashable:
        siblings = self._catalogue_of(column).by_parent.get(column.parent or "", ())
        columns = [item.identity for item in siblings if item.kind == "column"]
        return columns.index(column.identity), _signature(column)


def _unmatched(one: Catalogue, other: Catalogue) -> list[CatalogueObject]:
    return [item for key, item in one.by_identity.items() if key not in other.by_identity]


def _has_a_name(item: CatalogueObject) -> bool:
    owned = item.kind == "sequence" and item.text("owned_by") is not None
    return item.kind not in _NAMELESS and not derived(item) and not owned


def _grouped(
    items: Iterable[CatalogueObject], kinds: frozenset[str], like: Signature
) -> dict[Hashable, list[CatalogueObject]]:
    found: dict[Hashable, list[CatalogueObject]] = {}
    for item in items:
        if item.kind in kinds:
            found.setdefault(like(item), []).append(item)
    return found


def _typed_column(column: CatalogueObject) -> Hashable:
    return column.parent, column.text("type"), column.text("collation")


def _signature(item: CatalogueObject) -> Hashable:
    """Return what an object says but for its name."""
    below = item.kind in {"column", "constraint", "index", "trigger", "rule", "policy"}
    said = (
        (name, canonical(item, name, value))
        for name, value in compared(item)
        if name not in _ASIDE and name != "definition"
    )
    definition = _nameless(item)
    return item.kind, item.parent if below else None, definition, *sorted(said, key=str)


def _nameless(item: CatalogueObject) -> str | None:
    if item.definition is None or item.kind in {"function", "procedure"}:
        return None
    own = _own_name(item)
    text = canonical(item, "definition", item.definition)
    if item.kind in {"index", "trigger", "rule", "statistics", "operator"}:
        text = item.definition.replace(own, "?", 1)
    return str(text)


def _own_name(item: CatalogueObject) -> str:
    return name_parts(before_arguments(item.identity))[-1]
