"""What there is at Neon for an environment, and what of it was left behind."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from vado.backups.at_neon import KEPT, facts
from vado.backups.manifest import Manifest
from vado.backups.neon.reconcile import reconcile
from vado.backups.neon.restore import alone, note_restore
from vado.backups.stores import Store, store_of
from vado.backups.use import is_in_use
from vado.environments import Environment
from vado.errors import NeonKeyRefused, NeonNotFound, NotFound, Refused
from vado.neon import DRY, RESTORE, Home, at_home, in_use

_REPLACED = ("-before-vado-", "_old_", "(old)")


@dataclass(frozen=True, slots=True)
class Orphan:
    """A branch that Vado made for a while and that is still there; it may be removed."""

    branch_id: str
    name: str
    created_at: str
    expires_at: str | None
    kind: Literal["rehearsal", "restore"]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A restore that was not decided.

    `working`: a Vado is at work on it right now. If none is, and `step` is not "look", it was cut
    short; to finalize or to abandon it then begins with what Neon made of it. `expires_at`: when
    Neon deletes the branch by itself (None: never).
    """

    backup_id: str
    branch: str
    branch_id: str | None
    step: Literal["restoring", "look", "finalizing"]
    at: str
    expires_at: str | None
    working: bool
    can_finalize: bool
    can_abandon: bool
    look: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Previous:
    """A branch that was the database before a restore, and the backup that it is (None: nobody's).

    Only what is a backup can be restored and deleted by Vado.
    """

    name: str
    branch_id: str
    created_at: str
    backup_id: str | None


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A backup that some Vado has at Neon, and of which there is no record here."""

    id: str
    name: str
    kind: Literal["branch", "snapshot"]
    created_at: str


@dataclass(frozen=True, slots=True)
class NeonStatus:
    """Where the environment lives at Neon, how far back its history goes, and what is unfinished.

    `history_until` is the earliest moment that the branch remembers. `personal_key`: the key may
    do all that a person may; one for this project alone is enough (None: the key may not say).
    """

    project: dict[str, Any]
    branch: dict[str, Any]
    endpoint: dict[str, Any]
    root: bool
    history_until: str
    branches: int
    branches_limit: int | None
    subscription: str | None
    personal_key: bool | None
    orphans: tuple[Orphan, ...]
    unfinished: tuple[Unfinished, ...]
    previous: tuple[Previous, ...]
    unrecorded: tuple[Unrecorded, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as the API and `--json` show it."""
        return asdict(self)


def neon_status(environment: Environment) -> NeonStatus:
    """Ask Neon; NotFound where the environment has no project there.

    The records of backups that Neon keeps are brought in line on the way.
    """
    with at_home(environment) as home:
        reconcile(environment, home)
        records = _records(environment, home)
        project, branch, endpoint = home.project, home.branch, home.endpoint
        until = datetime.now(UTC) - timedelta(seconds=project.history_s)
        return NeonStatus(
            project={"id": project.id, "name": project.name, "pg_version": project.pg_version},
            branch={
                "id": branch.id,
                "name": branch.name,
                "protected": branch.protected,
                "default": branch.default,
                "expires_at": branch.expires_at,
                "children": len(home.children),
                "restricted": dict(branch.restricted),
            },
            endpoint={"id": endpoint.id, "host": endpoint.host, "state": endpoint.state},
            root=branch.root,
            history_until=max(f"{until:%Y-%m-%dT%H:%M:%SZ}", branch.created_at),
            branches=len(home.branches),
            branches_limit=project.branches_limit,
            subscription=project.subscription,
            personal_key=_is_personal(home),
            orphans=_orphans(home, records),
            unfinished=_unfinished(store_of(environment), records),
            previous=_previous(home, records),
            unrecorded=_unrecorded(home, records),
        )


def orphans(environment: Environment) -> tuple[Orphan, ...]:
    """Return the branches that rehearsals and restores which ended unexpectedly left behind."""
    with at_home(environment) as home:
        return _orphans(home, _records(environment, home))


def remove_orphan(environment: Environment, branch_id: str) -> None:
    """Delete one of `orphans`; NotFound for any other branch."""
    with at_home(environment) as home:
        found = _orphans(home, _records(environment, home))
        if all(item.branch_id != branch_id for item in found):
            raise NotFound(
                f"there is no branch {branch_id} that Vado left behind",
                hint="`vado neon orphans` lists them.",
            )
        home.client.delete_branch(branch_id)


def _is_personal(home: Home) -> bool | None:
    try:
        return home.client.account().personal
    except (NeonKeyRefused, NeonNotFound):
        return None  # it may do what it is for, and that is enough


def _records(environment: Environment, home: Home) -> Sequence[Manifest]:
    """Return the records of what Neon keeps, without restores whose branch is gone."""
    store = store_of(environment)
    found = [item for item in store.read_all() if item.kind != "dump"]
    return [_without_the_gone(store, home, item) for item in found]


def _without_the_gone(store: Store, home: Home, record: Manifest) -> Manifest:
    restore = facts(record).get("restore")
    if restore is None or restore["step"] != "look" or is_in_use(store.folder, record.id):
        return record
    # Asked once more, since it may be newer than the list.
    name = restore["name"]
    there = any(item.name == name for item in home.branches) or home.client.branch_named(name)
    if there:
        return record
    try:
        with alone(store, record.id):
            return note_restore(store, record.id, None)
    except Refused:
        return record  # somebody has just begun to work on it


def _unfinished(store: Store, records: Sequence[Manifest]) -> tuple[Unfinished, ...]:
    found = []
    for record in records:
        restore = facts(record).get("restore")
        if restore is None:
            continue
        working = is_in_use(store.folder, record.id)
        found.append(
            Unfinished(
                backup_id=record.id,
                branch=restore["name"],
                branch_id=restore.get("branch_id"),
                step=restore["step"],
                at=restore["at"],
                expires_at=restore.get("expires_at"),
                working=working,
                can_finalize=not working,
                can_abandon=not working,
                look=restore.get("look"),
            )
        )
    return tuple(found)


def _orphans(home: Home, records: Sequence[Manifest]) -> tuple[Orphan, ...]:
    known = {facts(record).get("restore", {}).get("name") for record in records}
    return tuple(
        Orphan(
            item.id,
            item.name,
            item.created_at,
            item.expires_at,
            "rehearsal" if item.name.startswith(DRY) else "restore",
        )
        for item in home.branches
        if item.name.startswith((DRY, RESTORE))
        and item.name not in known
        and item.id != home.branch.id
        and not (item.default or item.protected)
        and not in_use(item.name)
    )


def _previous(home: Home, records: Sequence[Manifest]) -> tuple[Previous, ...]:
    backups = {facts(record).get("backup_branch_id"): record.id for record in records}
    return tuple(
        Previous(item.name, item.id, item.created_at, backups.get(item.id))
        for item in home.branches
        if any(mark in item.name for mark in _REPLACED) and item.id != home.branch.id
    )


def _unrecorded(home: Home, records: Sequence[Manifest]) -> tuple[Unrecorded, ...]:
    known = {facts(record).get("name") for record in records}
    branches = (Unrecorded(b.id, b.name, "branch", b.created_at) for b in home.branches)
    snapshots = (
        Unrecorded(s.id, s.name, "snapshot", s.created_at) for s in home.client.snapshots()
    )
    return tuple(
        item
        for item in (*branches, *snapshots)
        if item.name.startswith(KEPT) and item.name not in known
    )
