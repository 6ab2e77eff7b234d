"""After the branch of a database was replaced at Neon: is it so, and all that belongs to it.

Each step can be taken again after a crash, and is done once all the same.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vado.backups.at_neon import facts, with_facts
from vado.backups.catalogue import record_in_target
from vado.backups.manifest import Manifest
from vado.backups.neon.control import control_file, load_control
from vado.backups.neon.restore import Restoring, note_restore
from vado.backups.record import record_end
from vado.database import Target, connect, ledger_exists, load_queries
from vado.errors import ConnectionFailed, NeonBusy, NeonError, RestoreFailed
from vado.neon import Branch, read_home
from vado.operations import now

_BACKUPS = load_queries("vado.backups")
_BACK_WITHIN_S = 120.0
_POLL_S = 0.5
_BY_SNAPSHOT = "neon_snapshot"
_WRONG_PASSWORD = "password authentication failed"  # noqa: S105 (what servers say)

Restore = Mapping[str, Any]


def is_replaced(work: Restoring, restore: Restore) -> bool:
    """Whether another branch is the database now; NeonBusy while Neon is still at it."""
    client = work.home.client
    home = read_home(client, work.environment)
    if home.branch.id == restore.get("branch_id"):
        return True
    if any(item.name == restore["old_name"] for item in home.branches):
        return True
    if client.pending(home.branch.id):
        raise NeonBusy(
            "neon has not ended to put the restored branch in its place",
            hint="Finalize it again later: Vado looks what became of it.",
            details={"status": None, "request_id": None},
        )
    return False


def go_back_to_look(work: Restoring, restore: Restore) -> None:
    """Say that the database was not replaced; without a branch to look at there is no restore."""
    control_file(work.store, work.manifest.id).unlink(missing_ok=True)
    there = work.home.client.branch_named(restore["name"]) is not None
    note_restore(work.store, work.manifest.id, {**restore, "step": "look"} if there else None)


def complete(work: Restoring, restore: Restore) -> Manifest:
    """Wait for the compute, carry Vado's records over, and list what was replaced as a backup."""
    work.job.step("reconnect")
    asked = work.environment
    work, ledger = _back_again(work, restore)
    if ledger != work.manifest.ledger_version:
        work.job.log(
            f"the ledger is at {ledger}, the backup was at {work.manifest.ledger_version}",
            "ledger_differs",
            found=str(ledger),
            expected=str(work.manifest.ledger_version),
        )
    load_control(work.environment, control_file(work.store, work.manifest.id), work.job)
    if work.environment is not asked:
        record_end(work.environment, work.job, work.manifest.id, None)
    old = _old(work, restore)
    previous = _listed(work, old, restore, ledger)
    if old is not None:
        _move_history(work, restore, old)
    with work.store.changing():
        latest = work.store.reread(work.manifest.id)
        work.store.write(with_facts(latest, restore=None, restored_at=now()))
    return previous


def _back_again(work: Restoring, restore: Restore) -> tuple[Restoring, str | None]:
    """Return the ledger's head once the compute serves the restored branch, and how it is reached.

    A role has the password that it had when the backup was taken.
    """
    deadline = time.monotonic() + _BACK_WITHIN_S
    while True:
        try:
            home = read_home(work.home.client, work.environment)
            if home.branch.id != restore.get("replaced_id") or work.manifest.kind != _BY_SNAPSHOT:
                return _ledger(replace(work, home=home))
            reason = "its compute serves the branch that was replaced"
        except (ConnectionFailed, NeonError) as error:
            reason = error.message
        if time.monotonic() > deadline:
            raise RestoreFailed(
                f"the branch was restored, and its compute has not come back: {reason}",
                hint="Look at the compute in Neon's console; the old state is kept there.",
                details={"reason": "replaced"},
            )
        work.job.note(waking=1)
        time.sleep(_POLL_S)


def _ledger(work: Restoring) -> tuple[Restoring, str | None]:
    try:
        return work, _head(work.environment.target)
    except ConnectionFailed as error:
        if _WRONG_PASSWORD not in error.message:
            raise
    target = work.home.reached(work.home.branch.id, work.environment)
    try:
        head = _head(target)
    except ConnectionFailed as error:
        if _WRONG_PASSWORD not in error.message:
            raise
        raise RestoreFailed(
            f"the branch was restored, and {target.user} has another password there",
            hint="Reset it in Neon's console, correct the connection string and finalize again.",
            details={"reason": "replaced"},
        ) from error
    work.job.log(
        f"the password of {target.user} is that of the backup's time; the connection string has "
        "another one",
        "password_differs",
        role=target.user,
    )
    return replace(work, environment=replace(work.environment, target=target)), head


def _head(target: Target) -> str | None:
    with connect(target, read_only=True) as session:
        if not ledger_exists(session):
            return None
        found: str | None = session.value(_BACKUPS["ledger_version"])
        return found


def _old(work: Restoring, restore: Restore) -> Branch | None:
    """Return the branch that was the database; whoever renamed it, it has its id."""
    now_id, was = work.home.branch.id, restore.get("replaced_id")
    for branch in work.home.branches:
        if branch.name == restore["old_name"] or (branch.id == was and was != now_id):
            return branch
    return None


def _listed(work: Restoring, old: Branch | None, restore: Restore, ledger: str | None) -> Manifest:
    """Write the record of the branch that was the database until now, unless there is one."""
    name = restore["old_name"]
    for record in work.store.read_all():
        if facts(record).get("name") == name:
            return record
    moment = now()
    record = replace(
        work.manifest,
        id=f"bk_{''.join(c for c in moment[:19] if c.isdigit())}_{secrets.token_hex(4)}",
        state="ready",
        kind="neon_branch",
        reason="before_restore",
        label=None,
        pinned=False,
        plan_id=None,
        created_at=moment,
        finished_at=moment,
        **restore.get("before", {"fingerprint": None, "ledger_version": None}),
        expires_at=None,
        size_bytes=None,
        writes=None,
        operation_id=restore["operation_id"],
        neon={
            "project_id": work.home.project.id,
            "branch_id": work.home.branch.id,
            "branch": work.home.branch.name,
            "endpoint_id": work.home.endpoint.id,
            "name": name,
            **({} if old is None else {"backup_branch_id": old.id}),
            "replaced_by_ledger": ledger,
        },
    )
    work.store.write(record)
    record_in_target(work.environment, record)
    return record


def _move_history(work: Restoring, restore: Restore, old: Branch) -> None:
    """Let places in the history name the branch that has them now.

    A branch that was restored keeps its id, and counts on from the place it went back to: the
    places after that would be others.
    """
    back_to = work.manifest.neon or {} if work.manifest.kind == "neon_lsn" else {}
    until = _number(back_to.get("lsn", "0/0"))
    for record in work.store.read_all():
        known = facts(record)
        if record.kind != "neon_lsn" or known.get("branch_id") != restore.get("replaced_id"):
            continue
        if _number(known["lsn"]) > until:
            with work.store.changing():
                latest = work.store.reread(record.id)
                work.store.write(with_facts(latest, branch_id=old.id))


def _number(lsn: str) -> int:
    high, _, low = lsn.partition("/")
    return (int(high, 16) << 32) | int(low, 16)
