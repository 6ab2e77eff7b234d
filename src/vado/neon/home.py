"""Where an environment lives at Neon: its project, its compute, and the branch behind that.

The compute's id is what stays: after a restore another branch stands behind it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vado.database import Target
from vado.environments import Environment, endpoint_of, target_of
from vado.errors import NeonLimit, NeonRefused, NotFound
from vado.neon.client import NeonClient
from vado.neon.model import Branch, Endpoint, Project
from vado.neon.pace import Pace
from vado.operations import Job

if TYPE_CHECKING:
    import httpx2

_NOTHING_KNOWN = "Neon's console shows the branches and computes of the project."


@dataclass(frozen=True, slots=True)
class Home:
    """A project and, in it, what the environment's connection string leads to."""

    client: NeonClient
    project: Project
    endpoint: Endpoint
    branches: tuple[Branch, ...]

    @property
    def branch(self) -> Branch:
        """The branch that the environment's compute serves."""
        return next(item for item in self.branches if item.id == self.endpoint.branch_id)

    @property
    def children(self) -> tuple[Branch, ...]:
        """The branches made from it."""
        return tuple(item for item in self.branches if item.parent_id == self.branch.id)

    def check_room(self, wanted: int = 1) -> None:
        """Raise NeonLimit unless the plan of the project allows more branches."""
        limit = self.project.branches_limit
        # Some plans answer 0 or less, and mean that there is no limit.
        if limit and limit > 0 and len(self.branches) + wanted > limit:
            raise NeonLimit(
                f"the project has {len(self.branches)} of the {limit} branches its plan allows",
                hint="Delete branches that are not needed: `vado neon orphans` lists Vado's own.",
                details={"branches": len(self.branches), "limit": limit},
            )

    def check_child(self) -> None:
        """Raise unless a branch can be made of the environment's branch."""
        self.check_room()
        if self.branch.expires_at is not None:
            raise NeonRefused(
                f"branch {self.branch.name} expires, so no branch can be made of it",
                hint="Take a dump, or remove the expiry in Neon's console.",
            )

    def reached(self, branch_id: str, environment: Environment) -> Target:
        """Return how the environment's database is reached in another branch."""
        target = environment.target
        uri = self.client.connection_uri(branch_id, target.dbname, target.user)
        found = target_of(uri.reveal())
        # Where Neon does not store passwords, a branch has those of its parent.
        return found if found.password else replace(found, password=target.password)


@contextmanager
def at_home(
    environment: Environment,
    job: Job | None = None,
    *,
    http: "httpx2.Client | None" = None,
    pace: Pace | None = None,
) -> Iterator[Home]:
    """Open a client for the environment's project; NotFound when none is named in vado.toml."""
    settings = environment.neon
    if settings is None:
        raise NotFound(
            f"environment {environment.name} has no project of Neon",
            hint="Write [neon] with project = ... in vado.toml, see docs/neon.md.",
        )
    with NeonClient(settings, http, job=job, pace=pace) as client:
        yield read_home(client, environment)


def read_home(client: NeonClient, environment: Environment) -> Home:
    """Ask Neon for the project as it is now."""
    home = Home(client, client.project(), _endpoint(client, environment), client.branches())
    if not any(item.id == home.endpoint.branch_id for item in home.branches):
        raise NeonRefused(
            f"neon does not list the branch {home.endpoint.branch_id} of compute "
            f"{home.endpoint.id}",
            hint=_NOTHING_KNOWN,
        )
    return home


def _endpoint(client: NeonClient, environment: Environment) -> Endpoint:
    named = (environment.neon and environment.neon.endpoint) or endpoint_of(environment.target)
    if named is not None:
        return client.endpoint(named)
    host = environment.target.host.lower()
    found = [item for item in client.endpoints() if item.host.lower() == host]
    if len(found) == 1:
        return found[0]
    raise NeonRefused(
        f"{'no compute' if not found else 'more than one compute'} of the project is at {host}",
        hint='Write endpoint = "ep-..." in [neon] of vado.toml.',
    )
