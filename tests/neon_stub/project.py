"""A project: its branches and endpoints, and the rules that hold between them."""

import itertools
import secrets
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.neon_stub.faults import Faults
from tests.neon_stub.records import (
    REGION,
    Branch,
    Endpoint,
    Kept,
    Refused,
    Snapshot,
    Work,
    lsn_number,
    new_id,
    shown,
)
from tests.neon_stub.storage import OWNER, Timeline

_BUSY = "project already has running conflicting operations, scheduling of new ones is prohibited"
_DETACHING = "restore from snapshot on target branch is still ongoing"
_numbers = itertools.count(1)


def new_password() -> str:
    return f"npg_{secrets.token_urlsafe(9)}"


class Project:
    """All there is of one project; `lock` is held for the time of a request."""

    def __init__(self, pristine: Timeline, password: str, folder: Path) -> None:
        self.id = new_id("")
        self.api_key = f"napi_{secrets.token_hex(16)}"
        self.lock = threading.RLock()
        self.faults = Faults()
        self.branches: dict[str, Branch] = {}
        self.endpoints: dict[str, Endpoint] = {}
        self.snapshots: dict[str, Snapshot] = {}
        self.work: dict[str, Work] = {}
        self.deleted: set[str] = set()
        self.replaced: set[str] = set()
        self.created_at = datetime.now(UTC)
        self._folder = folder
        self._ahead = timedelta(0)
        self._timelines: list[Timeline] = []
        self._afterwards: list[tuple[Work, Callable[[], object]]] = []
        main = Branch(self.id, "main", self.copy(pristine), self.created_at, default=True)
        main.passwords[OWNER] = password
        self.add(main)
        self.add_endpoint(main)

    # Time

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def advance(self, seconds: float) -> None:
        """Let time pass for what expires."""
        self._ahead += timedelta(seconds=seconds)

    def afterwards(self, work: Work, act: Callable[[], object]) -> None:
        """Do something when that work has ended."""
        self._afterwards.append((work, act))

    def catch_up(self) -> None:
        """End what has ended and remove what has expired, as a job in the background would."""
        for ended in [each for each in self._afterwards if each[0].status == "finished"]:
            self._afterwards.remove(ended)
            ended[1]()
        now = self.now()
        for branch in list(self.branches.values()):
            if branch.expires_at is not None and branch.expires_at <= now:
                self.remove(branch)
        for snapshot in list(self.snapshots.values()):
            if snapshot.expires_at is not None and snapshot.expires_at <= now:
                del self.snapshots[snapshot.id]

    # Storage

    def copy(self, source: Timeline) -> Timeline:
        copied = source.copy(self._folder / f"t{next(_numbers)}")
        self._timelines.append(copied)
        return copied

    def close(self) -> None:
        for timeline in self._timelines:
            timeline.remove()

    def keep(self, branch: Branch, since: str | None = None) -> None:
        """Keep what the branch holds now for whoever asks for this moment later.

        *since* is an LSN from the past after which, as the test knows, nothing was written.
        """
        moment = self.now()
        lsn = lsn_number(branch.timeline.lsn())
        copied = self.copy(branch.timeline)
        now = lsn_number(branch.timeline.lsn())
        first = lsn_number(since) if since else lsn
        branch.kept.append(Kept(copied, first, now, moment, self.now()))

    def moment(self, branch: Branch, lsn: str | None, timestamp: datetime | None) -> Timeline:
        """Return what *branch* held then; a past that nobody kept is refused, never guessed."""
        if lsn is not None and timestamp is not None:
            raise Refused(400, "an LSN and a timestamp cannot be used together")
        if lsn is None and timestamp is None:
            return branch.timeline
        for kept in branch.kept:
            if lsn is not None and kept.since_lsn <= lsn_number(lsn) <= kept.until_lsn:
                return kept.timeline
            if timestamp is not None and shown(kept.since) <= shown(timestamp) <= shown(kept.until):
                return kept.timeline
        if lsn is not None and lsn_number(lsn) == lsn_number(branch.timeline.lsn()):
            return branch.timeline
        raise Refused(422, "the requested moment is outside of the history of the branch")

    # Branches and endpoints

    def add(self, branch: Branch) -> None:
        self.branches[branch.id] = branch

    def branch(self, branch_id: str | None) -> Branch:
        if not branch_id:
            return next(b for b in self.branches.values() if b.default)
        if branch_id not in self.branches:
            raise Refused(404, "branch not found")
        return self.branches[branch_id]

    def named(self, name: str) -> Branch:
        return next(b for b in self.branches.values() if b.name == name)

    def require_free_name(self, name: str) -> None:
        if any(b.name == name for b in self.branches.values()):
            raise Refused(409, "branch with the provided name already exists")

    def require_room(self) -> None:
        if len(self.branches) >= self.faults.branch_limit:
            raise Refused(422, "branches limit exceeded", "BRANCHES_LIMIT_EXCEEDED")

    def was_replaced(self, branch: Branch) -> bool:
        """Tell whether a restore put another in its place; such a root may be deleted."""
        return branch.id in self.replaced

    def children(self, branch: Branch) -> list[Branch]:
        return [b for b in self.branches.values() if b.parent_id == branch.id]

    def remove(self, branch: Branch) -> None:
        for endpoint in self.endpoints_of(branch):
            del self.endpoints[endpoint.id]
        branch.timeline.stop()
        del self.branches[branch.id]
        self.deleted.add(branch.id)

    def add_endpoint(self, branch: Branch, **told: Any) -> Endpoint:
        if self.endpoints_of(branch):
            raise Refused(409, "read-write endpoint already exists")
        endpoint = Endpoint(
            self.id,
            branch.id,
            suspend_timeout_seconds=told.get("suspend_timeout_seconds", 0),
            minimum=told.get("autoscaling_limit_min_cu", 0.25),
            maximum=told.get("autoscaling_limit_max_cu", 0.25),
        )
        self.endpoints[endpoint.id] = endpoint
        return endpoint

    def endpoint(self, endpoint_id: str) -> Endpoint:
        if endpoint_id not in self.endpoints:
            raise Refused(404, "endpoint not found")
        return self.endpoints[endpoint_id]

    def endpoints_of(self, branch: Branch) -> list[Endpoint]:
        return [e for e in self.endpoints.values() if e.branch_id == branch.id]

    # Operations

    def begin(
        self, action: str, branch: Branch | None = None, endpoint: Endpoint | None = None
    ) -> Work:
        fault = self.faults.take_work(action)
        lasts = self.faults.pace_s if fault.lasts_s is None else fault.lasts_s
        work = Work(
            action,
            self.id,
            branch.id if branch else None,
            endpoint.id if endpoint else None,
            lasts,
            fault.outcome,
        )
        self.work[work.id] = work
        return work

    def require_idle(self, *branches: Branch) -> None:
        """Refuse (423) while something is being done with one of these branches."""
        asked = {branch.id for branch in branches}
        if any(work.pending and work.branch_id in asked for work in self.work.values()):
            raise Refused(423, _BUSY)

    # As the API shows them

    def shown_branch(self, branch: Branch) -> dict[str, Any]:
        return branch.to_json(self._state(branch), self._restricted(branch))

    def _state(self, branch: Branch) -> str:
        making = ("create_branch", "create_timeline")
        mine = [w for w in self.work.values() if w.branch_id == branch.id and w.action in making]
        return "ready" if all(w.status in {"finished", "skipped"} for w in mine) else "init"

    def _restricted(self, branch: Branch) -> list[dict[str, str]]:
        return [{"name": "restore", "reason": _DETACHING}] if branch.restore_status else []

    def shown_endpoint(self, endpoint: Endpoint) -> dict[str, Any]:
        starting = any(w.pending for w in self.work.values() if w.endpoint_id == endpoint.id)
        running = self.branches[endpoint.branch_id].timeline.running
        return endpoint.to_json("init" if starting else "active" if running else "idle")

    @staticmethod
    def shown_work(work: Iterable[Work]) -> list[dict[str, Any]]:
        return [each.to_json() for each in work]

    @staticmethod
    def shown_databases(branch: Branch, of: Timeline | None = None) -> list[dict[str, Any]]:
        """Return the databases of the branch, or of other data that are the same."""
        rows = (of or branch.timeline).databases()
        return [
            {
                "id": row["id"],
                "branch_id": branch.id,
                "name": row["name"],
                "owner_name": row["owner"],
                "created_at": shown(branch.created_at),
                "updated_at": shown(branch.created_at),
            }
            for row in rows
        ]

    def shown_roles(self, branch: Branch) -> list[dict[str, Any]]:
        return [
            {
                "branch_id": branch.id,
                "name": name,
                "protected": False,
                "created_at": shown(branch.created_at),
                "updated_at": shown(branch.created_at),
            }
            for name in branch.passwords
        ]

    def to_json(self) -> dict[str, Any]:
        major = self.branch(None).timeline.major
        return {
            "id": self.id,
            "name": "shop",
            "platform_id": "aws",
            "region_id": REGION,
            "proxy_host": "eu-test-1.aws.neon.tech",
            "provisioner": "k8s-neonvm",
            "pg_version": major,
            "owner_id": "org-test",
            "org_id": "org-test",
            "owner": {
                "email": "nobody@example.org",
                "name": "test",
                "branches_limit": self.faults.branch_limit,
                "subscription_type": "launch",
            },
            "creation_source": "console",
            "store_passwords": self.faults.store_passwords,
            "history_retention_seconds": 86400,
            "branch_logical_size_limit": 0,
            "branch_logical_size_limit_bytes": 0,
            "settings": {},
            "data_storage_bytes_hour": 0,
            "data_transfer_bytes": 0,
            "written_data_bytes": 0,
            "compute_time_seconds": 0,
            "active_time_seconds": 0,
            "cpu_used_sec": 0,
            "created_at": shown(self.created_at),
            "updated_at": shown(self.created_at),
            "consumption_period_start": shown(self.created_at),
            "consumption_period_end": shown(self.created_at + timedelta(days=30)),
        }
