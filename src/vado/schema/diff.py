"""The differences between two catalogues, as facts.

Inside one database (a rehearsal, before and after) objects are matched by OID and column number: a
rename is known, not guessed, and a column dropped and added again is the loss it is. Between two
databases they are matched by kind and identity.

What belongs to a table that comes or goes as a whole is told in that table's own change, as
details; so are sequences that its columns own. What a partition or child table takes over from its
parent is told of the parent only. Everything else is a change of its own: a foreign key that goes
because the table it points to is dropped belongs to a table that stays.
"""

from collections.abc import Iterable, Iterator, Mapping

from vado.schema.comparison import derived, differences, untold
from vado.schema.describe import line
from vado.schema.fingerprint import column_order
from vado.schema.kinds import rank
from vado.schema.loss import change_destroys, removal_destroys
from vado.schema.matching import Match, Matching, match_by_identity, match_by_oid
from vado.schema.model import Action, Catalogue, CatalogueObject, Change, Detail, Section
from vado.schema.order import creation_order

# Who may do what: told in a section of its own.
ACCESS_KINDS = frozenset({"default_privileges", "privileges"})
_ACCESS_PROPERTIES = frozenset({"owner", "grants", "column_grants", "identity_grants"})

# What belongs to a table is told in this order.
_READING = {kind: place for place, kind in enumerate(("column", "constraint", "index", "trigger"))}
_WHOLES = frozenset({"table", "foreign_table", "view", "materialized_view", "domain"})


# Properties of columns and indexes that change when their table gets or loses a parent.
_FOLLOWING = frozenset({"inherited", "inherits_from", "not_null_inherited", "not_null_name"})


def diff_same_database(before: Catalogue, after: Catalogue) -> tuple[Change, ...]:
    """Compare two readings of the same database; renames are facts."""
    return _Diff(before, after, match_by_oid(before, after), same_database=True).changes()


def diff_databases(from_: Catalogue, to: Catalogue) -> tuple[Change, ...]:
    """Compare two databases by kind and identity: what would take *from_* to *to*."""
    return _Diff(from_, to, match_by_identity(from_, to), same_database=False).changes()


class _Diff:
    def __init__(
        self, before: Catalogue, after: Catalogue, matching: Matching, *, same_database: bool
    ) -> None:
        self._before = before
        self._after = after
        self._matching = matching
        self._same_database = same_database
        self._untold = untold(before.server_version, after.server_version)

    def changes(self) -> tuple[Change, ...]:
        matching = self._matching
        found = [
            *_wholes(matching.added, self._after, "add"),
            *self._matched(),
            *_wholes(matching.removed, self._before, "remove"),
        ]
        return self._in_order(list(_without_inherited(found, self._before, self._after)))

    def _in_order(self, changes: list[Change]) -> tuple[Change, ...]:
        """Sort changes as they could be made; removals come last, the other way round."""
        changes.sort(key=lambda change: (rank(change.kind), change.identity))
        coming = [change for change in changes if change.action != "remove"]
        going = [change for change in changes if change.action == "remove"]
        made = creation_order(self._after, [_key_after(change) for change in coming])
        dropped = creation_order(self._before, [_key_after(change) for change in going])
        coming.sort(key=lambda change: made[_key_after(change)])
        going.sort(key=lambda change: dropped[_key_after(change)], reverse=True)
        return tuple(sorted([*coming, *going], key=lambda change: change.section == "access"))

    def _matched(self) -> Iterator[Change]:
        moved = self._moved_columns() if not self._same_database else {}
        for match in self._matching.matched:
            details = differences(
                match.before,
                match.after,
                same_database=self._same_database and match.same,
                untold=self._untold,
            )
            details += moved.get(match.before.identity, ()) if match.before.kind == "table" else ()
            if details or match.renamed:
                yield from self._changes(match, details)

    def _changes(self, match: Match, details: tuple[Detail, ...]) -> Iterator[Change]:
        kind, identity = match.before.kind, match.before.identity
        in_place = self._same_database and match.same
        destroys = change_destroys(kind, details, in_place=in_place)
        if match.renamed:
            yield Change(kind, identity, "rename", destroys, details, match.after.identity)
            return
        access = tuple(detail for detail in details if detail.property in _ACCESS_PROPERTIES)
        structure = tuple(detail for detail in details if detail not in access)
        if kind in ACCESS_KINDS or access:
            found = details if kind in ACCESS_KINDS else access
            yield Change(
                kind, identity, "change", destructive=False, details=found, section="access"
            )
        if structure and kind not in ACCESS_KINDS:
            yield Change(kind, identity, "change", destroys, structure)

    def _moved_columns(self) -> Mapping[str, tuple[Detail, ...]]:
        """Return the tables whose common columns stand in another order."""
        old, new = column_order(self._before), column_order(self._after)
        found = {}
        for table, columns in old.items():
            others = new.get(table, [])
            if columns != others:
                before, after = _common(columns, others, table), _common(others, columns, table)
                if before != after:
                    found[table] = (Detail("column_order", before, after),)
        return found


def _key_after(change: Change) -> tuple[str, str]:
    return change.kind, change.new_identity or change.identity


def _common(columns: list[str], others: list[str], table: str) -> tuple[str, ...]:
    known = set(others)
    return tuple(name.removeprefix(f"{table}.") for name in columns if name in known)


def _wholes(
    items: Iterable[CatalogueObject], catalogue: Catalogue, action: Action
) -> Iterator[Change]:
    """Additions or removals, with what belongs to a table inside the table's own change."""
    listed = list(items)
    tables = {item.identity for item in listed if item.kind in _WHOLES}
    for item in listed:
        if item.parent in tables or _owner(item) in tables:
            continue
        if derived(item) and item.text("enabled") is None:
            continue
        details = tuple(_belongings(item, catalogue, action)) if item.kind in _WHOLES else ()
        destroys = action == "remove" and removal_destroys(item)
        section: Section = "access" if item.kind in ACCESS_KINDS else "structure"
        yield Change(item.kind, item.identity, action, destroys, details, section=section)


def _owner(item: CatalogueObject) -> str | None:
    """Return the table that owns a sequence by one of its columns."""
    return item.text("owned_by_table") if item.kind == "sequence" else None


def _belongings(whole: CatalogueObject, catalogue: Catalogue, action: Action) -> Iterator[Detail]:
    if whole.definition is not None:
        yield _one_sided("definition", whole.definition, action)
    for item in sorted(catalogue.by_parent.get(whole.identity, ()), key=_reading_order):
        yield _one_sided(item.kind, line(item), action)


def _reading_order(item: CatalogueObject) -> tuple[int, int, str]:
    return _READING.get(item.kind, len(_READING)), item.subid, item.identity


def _one_sided(name: str, text: str, action: Action) -> Detail:
    return Detail(name, None, text) if action == "add" else Detail(name, text, None)


def _without_inherited(
    changes: list[Change], before: Catalogue, after: Catalogue
) -> Iterator[Change]:
    """Leave out what a child only takes over from a parent whose change says the same."""
    told: dict[tuple[str, str, str], Change] = {
        (change.kind, change.identity, change.action): change for change in changes
    }
    for change in changes:
        catalogue = after if change.action == "add" else before
        item = catalogue.find(change.kind, change.identity)
        if item is None or not _told_above(item, change, told, catalogue):
            yield change


def _told_above(
    item: CatalogueObject,
    change: Change,
    told: Mapping[tuple[str, str, str], Change],
    catalogue: Catalogue,
) -> bool:
    if change.action == "change" and _follows(change):
        # The table has got or lost a parent, and its own change says so.
        table = told.get(("table", item.parent or "", "change"))
        return table is not None and any(d.property == "inherits" for d in table.details)
    above = (
        told.get((change.kind, identity, change.action))
        for identity in _taken_from(item, catalogue)
    )
    return any(
        parent is not None and (change.action != "change" or _says(parent, change))
        for parent in above
    )


def _says(parent: Change, change: Change) -> bool:
    own = tuple(detail for detail in change.details if detail.property not in _FOLLOWING)
    return parent.details == own


def _follows(change: Change) -> bool:
    return all(detail.property in _FOLLOWING for detail in change.details)


def _taken_from(item: CatalogueObject, catalogue: Catalogue) -> tuple[str, ...]:
    if source := item.text("inherits_from"):
        return (source,)
    if not item.flag("inherited") or item.parent is None:
        return ()
    name = item.identity.removeprefix(item.parent)
    child = catalogue.find("table", item.parent) or catalogue.find("foreign_table", item.parent)
    return () if child is None else tuple(parent + name for parent in child.texts("inherits"))
