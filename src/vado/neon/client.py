"""The changes that Vado asks Neon's API for, and those it never does.

A project is never deleted; neither is a branch that does not bear Vado's name, unless the user says
so.
"""

from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from vado.errors import NeonNotFound, NeonRefused
from vado.neon.changes import NeonChanges
from vado.neon.model import PREFIX, Branch, Endpoint, Snapshot
from vado.neon.pace import Pace
from vado.neon.questions import part
from vado.neon.transport import Transport
from vado.operations import Job
from vado.settings import NeonSettings

if TYPE_CHECKING:
    import httpx2

_LEAST_CU, _MOST_CU = 0.25, 1
_SUSPEND_S = 60


class NeonClient(NeonChanges):
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
        what = f"make branch {name}"
        return self._made(
            what,
            lambda: self._change("POST", "/branches", what, body),
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
        what = f"delete branch {branch.name}"
        self._deleted(
            lambda: self._change("DELETE", f"/branches/{part(branch_id)}", what),
            lambda: all(item.id != branch_id for item in self.branches()),
            what,
        )

    def create_compute(self, branch_id: str) -> Endpoint:
        """Give a branch that has none a compute, so that it can be connected to."""
        body = {"endpoint": {"branch_id": branch_id, **_compute()}}
        what = "start a compute"
        return self._made(
            what,
            lambda: self._change("POST", "/endpoints", what, body),
            lambda answer: Endpoint.from_json(answer["endpoint"]),
            lambda: next(iter(self.endpoints(branch_id)), None),
        )

    def create_snapshot(
        self, branch_id: str, name: str, *, expires_at: str | None = None
    ) -> Snapshot:
        """Take a snapshot of a root branch and wait until it is there."""
        _check_name(name)
        what = f"take snapshot {name}"
        return self._made(
            what,
            lambda: self._change(
                "POST",
                f"/branches/{part(branch_id)}/snapshot",
                what,
                name=name,
                expires_at=expires_at,
            ),
            lambda answer: Snapshot.from_json(answer["snapshot"]),
            lambda: self.snapshot_named(name),
        )

    def delete_snapshot(self, snapshot: Snapshot) -> None:
        """Delete a snapshot; NeonRefused for one that Vado did not take."""
        if not snapshot.name.startswith(PREFIX):
            raise NeonRefused(f"snapshot {snapshot.name} was not taken by Vado")
        what = f"delete snapshot {snapshot.name}"
        self._deleted(
            lambda: self._change("DELETE", f"/snapshots/{part(snapshot.id)}", what),
            lambda: all(item.id != snapshot.id for item in self.snapshots()),
            what,
        )

    def restore_snapshot(self, snapshot_id: str, name: str, target_branch_id: str) -> Branch:
        """Restore a snapshot to a new branch beside *target_branch_id*, which stays as it is."""
        _check_name(name)
        body = {"name": name, "target_branch_id": target_branch_id, "finalize_restore": False}
        what = "restore a snapshot"
        return self._made(
            what,
            lambda: self._change("POST", f"/snapshots/{part(snapshot_id)}/restore", what, body),
            lambda answer: Branch.from_json(answer["branch"]),
            lambda: self.branch_named(name),
        )

    def finalize_restore(self, branch_id: str, old_name: str) -> None:
        """Put a restored branch in the place of the one it was restored for; computes restart.

        The one that is replaced is called *old_name* from then on.
        """
        what = "put the restored branch in its place"
        path = f"/branches/{part(branch_id)}/finalize_restore"
        self._made(
            what,
            lambda: self._change("POST", path, what, {"name": old_name}),
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
        what = "restore the branch"
        self._made(
            what,
            lambda: self._change("POST", f"/branches/{part(branch_id)}/restore", what, body),
            lambda _: True,
            lambda: self.branch_named(old_name),
            branch_id=branch_id,
        )


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
