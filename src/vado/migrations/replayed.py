"""The schema that migrations make of an empty database, against the live one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from vado.environments import Environment
from vado.errors import RehearsalImpossible
from vado.operations import Job
from vado.preview import PlannedMigration, Replay, replay
from vado.schema import Catalogue, CatalogueObject, Change, diff_databases

# They depend on who ran the statements and on which server, not on the migrations.
_NOT_MIGRATED = frozenset({"owner", "tablespace", "version"})
_GRANTS = frozenset({"grants", "column_grants"})
_ACCESS = frozenset({"default_privileges"})


@dataclass(frozen=True, slots=True)
class Live:
    """The schema to compare with; *left_out* are the tables of another tool.

    The first *dumped* migrations were dumped from it, and are run with the power of a restore.
    *grants* are compared only where the migrations are all that could have made them.
    """

    catalogue: Catalogue
    left_out: Collection[str] = ()
    dumped: int = 0
    grants: bool = False


def replayed_against(
    environment: Environment, migrations: Sequence[PlannedMigration], live: Live, job: Job
) -> tuple[Replay, tuple[Change, ...]]:
    """Run *migrations* on an empty database; return what the live schema has otherwise.

    No changes are told when a migration fails: the error of the replay tells that.
    """
    found = replay(environment, migrations, job, dumped=live.dumped)
    changes = _otherwise(found, live)
    same_major = found.server_version // 10000 == live.catalogue.server_version // 10000
    equal = found.error is None and not changes
    if equal or same_major or found.place != "embedded":
        return found, changes
    # Another major prints some things otherwise: only one like the target's own can tell.
    try:
        found = replay(environment, migrations, job, dumped=live.dumped, place="scratch")
    except RehearsalImpossible:
        return found, changes
    return found, _otherwise(found, live)


def _otherwise(found: Replay, live: Live) -> tuple[Change, ...]:
    """Return what the live database has otherwise; the tool's own tables are left out."""
    if found.catalogue is None:
        return ()
    replayed = _without(found.catalogue, live.left_out)
    changes = diff_databases(replayed, _without(live.catalogue, live.left_out))
    ignored = _NOT_MIGRATED if live.grants else _NOT_MIGRATED | _GRANTS
    return tuple(kept for change in changes if (kept := _migrated(change, ignored)) is not None)


def _without(catalogue: Catalogue, left_out: Collection[str]) -> Catalogue:
    parents = {item.identity: item.parent for item in catalogue.objects}

    def belongs(item: CatalogueObject) -> bool:
        owner: str | None = item.text("owned_by_table") or item.identity
        while owner is not None and owner not in left_out:
            owner = parents.get(owner)
        return owner is not None or item.parent in left_out

    return replace(catalogue, objects=tuple(i for i in catalogue.objects if not belongs(i)))


def _migrated(change: Change, ignored: Collection[str]) -> Change | None:
    if change.kind in _ACCESS:
        return None
    if change.action != "change":
        return change
    details = tuple(d for d in change.details if d.property not in ignored)
    return replace(change, details=details) if details else None
