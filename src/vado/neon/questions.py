"""What Vado asks Neon's API, without changing anything."""

from vado.neon.model import Account, Branch, Endpoint, NeonOperation, Project, Snapshot
from vado.neon.transport import Answer, Transport
from vado.settings import Secret

_MOST_BRANCHES = 10_000
_MOST_OPERATIONS = 100


class NeonQuestions:
    """The questions about one project; each raises NeonError."""

    def __init__(self, transport: Transport, project: str) -> None:
        self._transport = transport
        self._project = f"/projects/{project}"

    def account(self) -> Account:
        """Return whose key it is."""
        return Account.from_json(self._transport.ask("/auth", "say whose key this is"))

    def project(self) -> Project:
        """Return the project."""
        return Project.from_json(self._ask("", "show the project")["project"])

    def branches(self, search: str | None = None) -> tuple[Branch, ...]:
        """Return the branches, all or those whose name or id contains *search*."""
        found: list[Branch] = []
        cursor: str | None = None
        while True:
            answer = self._ask(
                "/branches",
                "list branches",
                search=search,
                sort_by="created_at",
                limit=_MOST_BRANCHES,
                cursor=cursor,
            )
            found += [Branch.from_json(item) for item in answer["branches"]]
            cursor = (answer.get("pagination") or {}).get("next")
            if not cursor or not answer["branches"]:
                return tuple(found)

    def branch(self, branch_id: str) -> Branch:
        """Return one branch; NeonNotFound when it is gone."""
        return Branch.from_json(self._ask(f"/branches/{branch_id}", "show a branch")["branch"])

    def branch_named(self, name: str) -> Branch | None:
        """Return the branch of exactly that name."""
        return next((item for item in self.branches(name) if item.name == name), None)

    def endpoints(self, branch_id: str | None = None) -> tuple[Endpoint, ...]:
        """Return the computes of the project, or of one branch."""
        place = f"/branches/{branch_id}" if branch_id else ""
        answer = self._ask(f"{place}/endpoints", "list computes")
        return tuple(Endpoint.from_json(item) for item in answer["endpoints"])

    def endpoint(self, endpoint_id: str) -> Endpoint:
        """Return one compute; NeonNotFound when it is not of this project."""
        answer = self._ask(f"/endpoints/{endpoint_id}", f"show the compute {endpoint_id}")
        return Endpoint.from_json(answer["endpoint"])

    def snapshots(self) -> tuple[Snapshot, ...]:
        """Return the snapshots of the project."""
        answer = self._ask("/snapshots", "list snapshots")
        return tuple(Snapshot.from_json(item) for item in answer["snapshots"])

    def operations(self) -> tuple[NeonOperation, ...]:
        """Return the latest operations of the project."""
        answer = self._ask("/operations", "list operations", limit=_MOST_OPERATIONS)
        return operations_in(answer)

    def operation(self, operation_id: str) -> NeonOperation:
        """Return one operation."""
        answer = self._ask(f"/operations/{operation_id}", "show an operation")
        return NeonOperation.from_json(answer["operation"])

    def connection_uri(self, branch_id: str, database: str, role: str) -> Secret:
        """Return how the branch is reached directly; a branch may have passwords of its own."""
        answer = self._ask(
            "/connection_uri",
            f"tell how {role} reaches {database}",
            branch_id=branch_id,
            database_name=database,
            role_name=role,
            pooled=False,
        )
        return Secret(answer["uri"])

    def _ask(self, path: str, what: str, **query: str | float | bool | None) -> Answer:
        return self._transport.ask(f"{self._project}{path}", what, **query)


def operations_in(answer: Answer) -> tuple[NeonOperation, ...]:
    """Return the operations that every change answers with."""
    return tuple(NeonOperation.from_json(item) for item in answer.get("operations") or ())
