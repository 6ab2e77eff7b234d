"""The calls of Neon's API that Vado needs, and those it never makes.

What a change makes has a unique name, so that after a lost answer it is found by that. A project is
never deleted; neither is a branch that does not bear Vado's name, unless the user says so.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from vado.errors import NeonAnswerLost, NeonNotFound, NeonRefused
from vado.neon.model import PREFIX, Branch, Endpoint, NeonOperation, Snapshot
from vado.neon.questions import NeonQuestions, operations_in
from vado.neon.transport import Answer, Pace, Transport
from vado.neon.waiting import wait_for
from vado.operations import Job
from vado.settings import NeonSettings

if TYPE_CHECKING:
    import httpx2

_LEAST_CU, _MOST_CU = 0.25, 1
_SUSPEND_S = 60

Found = TypeVar("Found")


class NeonClient(NeonQuestions):
    """Neon's API for one project; each method raises NeonError."""

    def __init__(
        self,
        settings: NeonSettings,
        http: "httpx2.Client | None" = None,
        *,
        job: Job | None = None,
        pace: Pace | None = None,
    ) -> None:
        """Make a client whose waits end when *job* is cancelled; NeonKeyRefused without a key."""
        super().__init__(Transport(settings, http, pace, job), settings.project)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._transport.close()

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Do what has to be done after a cancel, too."""
        job, self._transport.job = self._transport.job, None
        try:
            yield
        finally:
            self._transport.job = job

    def create_branch(
        self,
        name: str,
        parent_id: str,
        *,
        lsn: str | None = None,
        expires_at: str | None = None,
        compute: bool = False,
    ) -> Branch:
        """Make a branch of *parent_id*, at its head or at *lsn*, and wait until it is there.

        With a *compute* it can be connected to; that stops after a minute without work.
        """
        _check_name(name)
        wanted = {"parent_lsn": lsn, "expires_at": expires_at}
        body: dict[str, Any] = {
            "branch": {
                "name": name,
                "parent_id": parent_id,
                **{key: value for key, value in wanted.items() if value is not None},
            }
        }
        if compute:
            body["endpoints"] = [_compute()]
        return self._made(
            lambda: self._change("POST", "/branches", f"make branch {name}", body),
            lambda answer: Branch.from_json(answer["branch"]),
            lambda: self.branch_named(name),
        )

    def delete_branch(self, branch_id: str, *, confirmed: bool = False) -> None:
        """Delete a branch with all that is in it; one that is gone already is no error.

        NeonRefused for a default or protected branch, and for one without Vado's name unless the
        user *confirmed* it.
        """
        try:
            branch = self.branch(branch_id)
        except NeonNotFound:
            return
        if branch.default or branch.protected:
            raise NeonRefused(
                f"Vado never deletes the default or a protected branch: {branch.name}"
            )
        if not branch.ours and not confirmed:
            raise NeonRefused(
                f"branch {branch.name} was not made by Vado", hint="Delete it in Neon's console."
            )
        path = f"/branches/{branch_id}"
        what = f"delete branch {branch.name}"
        try:
            answer = self._change("DELETE", path, what)
        except NeonAnswerLost:
            self._until_gone(branch_id)
            return
        self.wait(operations_in(answer))

    def _until_gone(self, branch_id: str) -> None:
        def gone() -> bool | None:
            return None if any(b.id == branch_id for b in self.branches()) else True

        if self._looked_for(gone) is None:
            raise NeonAnswerLost(
                f"neon was asked to delete branch {branch_id}, and it is still there",
                hint="Delete it again, or in Neon's console.",
            )

    def create_compute(self, branch_id: str) -> Endpoint:
        """Give a branch that has none a compute, so that it can be connected to."""
        body = {"endpoint": {"branch_id": branch_id, **_compute()}}
        return self._made(
            lambda: self._change("POST", "/endpoints", "start a compute", body),
            lambda answer: Endpoint.from_json(answer["endpoint"]),
            lambda: next(iter(self.endpoints(branch_id)), None),
        )

    def create_snapshot(
        self, branch_id: str, name: str, *, expires_at: str | None = None
    ) -> Snapshot:
        """Take a snapshot of a root branch and wait until it is there."""
        _check_name(name)
        return self._made(
            lambda: self._change(
                "POST",
                f"/branches/{branch_id}/snapshot",
                f"take snapshot {name}",
                name=name,
                expires_at=expires_at,
            ),
            lambda answer: Snapshot.from_json(answer["snapshot"]),
            lambda: self.snapshot_named(name),
        )

    def snapshot_named(self, name: str) -> Snapshot | None:
        """Return the snapshot of exactly that name."""
        return next((item for item in self.snapshots() if item.name == name), None)

    def delete_snapshot(self, snapshot: Snapshot) -> None:
        """Delete a snapshot; NeonRefused for one that Vado did not take."""
        if not snapshot.name.startswith(PREFIX):
            raise NeonRefused(f"snapshot {snapshot.name} was not taken by Vado")
        try:
            answer = self._change(
                "DELETE", f"/snapshots/{snapshot.id}", f"delete snapshot {snapshot.name}"
            )
        except NeonNotFound:
            return
        self.wait(operations_in(answer))

    def restore_snapshot(self, snapshot_id: str, name: str, target_branch_id: str) -> Branch:
        """Restore a snapshot to a new branch beside *target_branch_id*, which stays as it is."""
        _check_name(name)
        body = {"name": name, "target_branch_id": target_branch_id, "finalize_restore": False}
        return self._made(
            lambda: self._change(
                "POST", f"/snapshots/{snapshot_id}/restore", "restore a snapshot", body
            ),
            lambda answer: Branch.from_json(answer["branch"]),
            lambda: self.branch_named(name),
        )

    def finalize_restore(self, branch_id: str, old_name: str) -> None:
        """Put a restored branch in the place of the one it was restored for; computes restart.

        The one that is replaced is called *old_name* from then on.
        """
        self._made(
            lambda: self._change(
                "POST",
                f"/branches/{branch_id}/finalize_restore",
                "put the restored branch in its place",
                {"name": old_name},
            ),
            lambda _: True,
            lambda: self.branch_named(old_name),
            branch_id=branch_id,
        )

    def restore_branch(
        self, branch_id: str, source_branch_id: str, old_name: str, *, lsn: str | None = None
    ) -> None:
        """Make a branch what another is at its head, or itself was at *lsn*.

        What it is now is kept as a branch called *old_name*; connections are dropped.
        """
        body = {"source_branch_id": source_branch_id, "preserve_under_name": old_name}
        if lsn is not None:
            body["source_lsn"] = lsn
        self._made(
            lambda: self._change(
                "POST", f"/branches/{branch_id}/restore", "restore the branch", body
            ),
            lambda _: True,
            lambda: self.branch_named(old_name),
            branch_id=branch_id,
        )

    def wait(self, operations: Sequence[NeonOperation]) -> None:
        """Wait until Neon has ended its work; NeonFailed when a part of it failed."""
        wait_for(operations, self.operation, self._transport)

    def _made(
        self,
        ask: Callable[[], Answer],
        read: Callable[[Answer], Found],
        find: Callable[[], object],
        *,
        branch_id: str | None = None,
    ) -> Found:
        """Ask once and wait for the end; look for what was made when the answer is lost."""
        try:
            answer = ask()
        except NeonAnswerLost:
            found = self._looked_for(find)
            if found is None:
                raise
            self._until_quiet(branch_id or getattr(found, "id", None))
            # What was found is what would have been read.
            return found  # type: ignore[return-value]  # True for those that return nothing
        made = read(answer)
        self.wait(operations_in(answer))
        return made

    def _looked_for(self, find: Callable[[], Found | None]) -> Found | None:
        """Look until it is found, or was not there for as long as a request may be on its way."""
        pace = self._transport.pace
        deadline = time.monotonic() + pace.lost_s
        while True:
            found = find()
            if found is not None:
                return found
            if time.monotonic() >= deadline:
                return None
            self._transport.pause(min(pace.lost_s / 6, max(pace.poll_s, 0.01)))

    def _until_quiet(self, branch_id: str | None) -> None:
        """Wait for what Neon still does about a branch whose operations nobody told us."""
        self.wait(
            [
                item
                for item in self.operations()
                if item.branch_id == branch_id and not (item.succeeded or item.over)
            ]
        )

    def _change(
        self,
        method: str,
        path: str,
        what: str,
        body: dict[str, Any] | None = None,
        **query: str | None,
    ) -> Answer:
        return self._transport.change(method, f"{self._project}{path}", what, body, **query)


def _compute() -> dict[str, Any]:
    return {
        "type": "read_write",
        "autoscaling_limit_min_cu": _LEAST_CU,
        "autoscaling_limit_max_cu": _MOST_CU,
        "suspend_timeout_seconds": _SUSPEND_S,
    }


def _check_name(name: str) -> None:
    # By its name it is found again, and may be deleted.
    assert name.startswith(PREFIX), name  # noqa: S101 (all names are made by Vado itself)
