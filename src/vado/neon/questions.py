"""What Vado asks Neon's API, without changing anything."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote

from vado.neon.failures import unclear
from vado.neon.model import Account, Branch, Endpoint, NeonOperation, Project, Snapshot
from vado.neon.transport import Answer, Transport
from vado.settings import Secret

_MOST_BRANCHES = 10_000
_MOST_OPERATIONS = 100

Found = TypeVar("Found")


class NeonQuestions:
    """The questions about one project; each raises NeonError."""

    def __init__(self, transport: Transport, project: str) -> None:
        self._transport = transport
        self._project = f"/projects/{part(project)}"

    def account(self) -> Account:
        """Return whose key it is."""
        what = "say whose key this is"
        return understood(what, Account.from_json, self._transport.ask("/auth", what))

    def project(self) -> Project:
        """Return the project."""
        return self._ask("", "show the project", lambda found: Project.from_json(found["project"]))

    def branches(self, search: str | None = None) -> tuple[Branch, ...]:
        """Return the branches, all or those whose name or id contains *search*."""
        found: dict[str, Branch] = {}
        cursor: str | None = None
        while True:
            page, cursor = self._ask(
                "/branches",
                "list branches",
                _branches_in,
                search=search,
                sort_by="created_at",
                limit=_MOST_BRANCHES,
                cursor=cursor,
            )
            before = len(found)
            found |= {branch.id: branch for branch in page}
            # A page with nothing new is the end, whatever it says.
            if not cursor or len(found) == before:
                return tuple(found.values())

    def branch(self, branch_id: str) -> Branch:
        """Return one branch; NeonNotFound when it is gone."""
        return self._ask(
            f"/branches/{part(branch_id)}",
            "show a branch",
            lambda found: Branch.from_json(found["branch"]),
        )

    def branch_named(self, name: str) -> Branch | None:
        """Return the branch of exactly that name."""
        return next((item for item in self.branches(name) if item.name == name), None)

    def endpoints(self, branch_id: str | None = None) -> tuple[Endpoint, ...]:
        """Return the computes of the project, or of one branch."""
        place = f"/branches/{part(branch_id)}" if branch_id else ""
        return self._ask(f"{place}/endpoints", "list computes", _endpoints_in)

    def endpoint(self, endpoint_id: str) -> Endpoint:
        """Return one compute; NeonNotFound when it is not of this project."""
        return self._ask(
            f"/endpoints/{part(endpoint_id)}",
            f"show the compute {endpoint_id}",
            lambda found: Endpoint.from_json(found["endpoint"]),
        )

    def snapshots(self) -> tuple[Snapshot, ...]:
        """Return the snapshots of the project."""
        return self._ask("/snapshots", "list snapshots", _snapshots_in)

    def snapshot_named(self, name: str) -> Snapshot | None:
        """Return the snapshot of exactly that name."""
        return next((item for item in self.snapshots() if item.name == name), None)

    def operations(self) -> tuple[NeonOperation, ...]:
        """Return the latest operations of the project."""
        return self._ask("/operations", "list operations", operations_in, limit=_MOST_OPERATIONS)

    def pending(self, branch_id: str) -> tuple[NeonOperation, ...]:
        """Return what Neon is doing with a branch now."""
        mine = (item for item in self.operations() if item.branch_id == branch_id)
        return tuple(item for item in mine if item.pending)

    def operation(self, operation_id: str) -> NeonOperation:
        """Return one operation."""
        return self._ask(
            f"/operations/{part(operation_id)}",
            "show an operation",
            lambda found: NeonOperation.from_json(found["operation"]),
        )

    def connection_uri(self, branch_id: str, database: str, role: str) -> Secret:
        """Return how the branch is reached directly; a branch may have passwords of its own."""
        return self._ask(
            "/connection_uri",
            f"tell how {role} reaches {database}",
            lambda found: Secret(found["uri"]),
            branch_id=branch_id,
            database_name=database,
            role_name=role,
            pooled=False,
        )

    def _ask(
        self,
        path: str,
        what: str,
        read: Callable[[Answer], Found],
        **query: str | float | bool | None,
    ) -> Found:
        answer = self._transport.ask(f"{self._project}{path}", what, **query)
        return understood(what, read, answer)


def understood(what: str, read: Callable[[Answer], Found], answer: Answer) -> Found:
    """Return what *read* finds in an answer; NeonError when it is not as Neon describes it."""
    try:
        return read(answer)
    except (KeyError, TypeError, ValueError, AttributeError):
        # Without its cause, which may quote a secret.
        raise unclear(what) from None


def part(text: str) -> str:
    """Return a name or an id as one part of a path, whatever is in it."""
    return quote(text, safe="")


def operations_in(answer: Answer) -> tuple[NeonOperation, ...]:
    """Return the operations that every change answers with."""
    return tuple(NeonOperation.from_json(item) for item in answer.get("operations") or ())


def _branches_in(answer: Answer) -> tuple[tuple[Branch, ...], str | None]:
    page = tuple(Branch.from_json(item) for item in answer["branches"])
    return page, (answer.get("pagination") or {}).get("next")


def _endpoints_in(answer: Answer) -> tuple[Endpoint, ...]:
    return tuple(Endpoint.from_json(item) for item in answer["endpoints"])


def _snapshots_in(answer: Answer) -> tuple[Snapshot, ...]:
    return tuple(Snapshot.from_json(item) for item in answer["snapshots"])
