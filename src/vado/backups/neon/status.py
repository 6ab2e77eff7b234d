"""What there is at Neon for an environment, and what of it was left behind."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from vado.backups.at_neon import facts
from vado.backups.neon.reconcile import reconcile
from vado.backups.stores import store_of
from vado.environments import Environment
from vado.errors import NotFound
from vado.neon import DRY, RESTORE, Home, at_home, in_use


@dataclass(frozen=True, slots=True)
class Orphan:
    """A branch that Vado made for a while and that is still there."""

    branch_id: str
    name: str
    created_at: str
    expires_at: str | None


@dataclass(frozen=True, slots=True)
class NeonStatus:
    """Where the environment lives at Neon, how far back its history goes, and what is unfinished.

    `history_until` is the earliest moment that the branch remembers. `personal_key`: the key may
    do all that a person may; one for this project alone is enough. `previous` are branches that
    were the database before a restore. `unfinished` are restores that wait to be looked at.
    """

    project: dict[str, Any]
    branch: dict[str, Any]
    endpoint: dict[str, Any]
    root: bool
    history_until: str
    branches: int
    branches_limit: int | None
    subscription: str | None
    personal_key: bool
    orphans: tuple[Orphan, ...]
    unfinished: tuple[dict[str, Any], ...]
    previous: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as the API and `--json` show it."""
        return asdict(self)


def neon_status(environment: Environment) -> NeonStatus:
    """Ask Neon; NotFound where the environment has no project there.

    The records of backups that Neon keeps are brought in line on the way.
    """
    with at_home(environment) as home:
        reconcile(environment, home)
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
            history_until=f"{until:%Y-%m-%dT%H:%M:%SZ}",
            branches=len(home.branches),
            branches_limit=project.branches_limit,
            subscription=project.subscription,
            personal_key=home.client.account().personal,
            orphans=_orphans(environment, home),
            unfinished=_unfinished(environment),
            previous=_previous(home),
        )


def orphans(environment: Environment) -> tuple[Orphan, ...]:
    """Return the branches that rehearsals and restores which ended unexpectedly left behind."""
    with at_home(environment) as home:
        return _orphans(environment, home)


def remove_orphan(environment: Environment, branch_id: str) -> None:
    """Delete one of `orphans`; NotFound for any other branch."""
    with at_home(environment) as home:
        if all(item.branch_id != branch_id for item in _orphans(environment, home)):
            raise NotFound(
                f"there is no branch {branch_id} that Vado left behind",
                hint="`vado neon orphans` lists them.",
            )
        home.client.delete_branch(branch_id)


def _orphans(environment: Environment, home: Home) -> tuple[Orphan, ...]:
    looked_at = {item["name"] for item in _unfinished(environment)}
    return tuple(
        Orphan(item.id, item.name, item.created_at, item.expires_at)
        for item in home.branches
        if item.name.startswith((DRY, RESTORE))
        and item.name not in looked_at
        and item.id != home.branch.id
        and not in_use(item.name)
    )


def _unfinished(environment: Environment) -> tuple[dict[str, Any], ...]:
    found = []
    for record in store_of(environment).read_all():
        restore = facts(record).get("restore")
        if restore is not None:
            found.append({"backup_id": record.id, "branch": restore["name"], **restore})
    return tuple(found)


def _previous(home: Home) -> tuple[str, ...]:
    marks = ("-before-vado-", "_old_", "(old)")
    return tuple(item.name for item in home.branches if any(mark in item.name for mark in marks))
