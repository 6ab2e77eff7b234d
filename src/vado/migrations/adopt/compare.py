"""The schema that the files make, against the live one."""

from collections.abc import Collection
from dataclasses import replace

from vado.schema import Catalogue, CatalogueObject, Change, diff_databases

# They depend on who ran the statements and on which server, not on the migrations.
_NOT_MIGRATED = frozenset({"owner", "grants", "column_grants", "tablespace", "version"})
_ACCESS = frozenset({"default_privileges"})


def compare_with_live(
    replayed: Catalogue, live: Catalogue, left_out: Collection[str]
) -> tuple[Change, ...]:
    """Return what the live database has otherwise; the tool's own tables are left out."""
    changes = diff_databases(_without(replayed, left_out), _without(live, left_out))
    return tuple(kept for change in changes if (kept := _structural(change)) is not None)


def _without(catalogue: Catalogue, left_out: Collection[str]) -> Catalogue:
    parents = {item.identity: item.parent for item in catalogue.objects}

    def belongs(item: CatalogueObject) -> bool:
        owner: str | None = item.text("owned_by_table") or item.identity
        while owner is not None and owner not in left_out:
            owner = parents.get(owner)
        return owner is not None or item.parent in left_out

    return replace(catalogue, objects=tuple(i for i in catalogue.objects if not belongs(i)))


def _structural(change: Change) -> Change | None:
    if change.kind in _ACCESS:
        return None
    if change.action != "change":
        return change
    details = tuple(d for d in change.details if d.property not in _NOT_MIGRATED)
    return replace(change, details=details) if details else None
