"""The first step of a restore by Neon: what was kept, on a branch of its own, to be looked at.

Nothing happens to the database. The second step (`finalize`) puts it in its place.
"""

import logging
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from vado.backups.at_neon import Present, facts, name_of, with_facts
from vado.backups.manifest import Manifest
from vado.backups.model import USABLE, RestoreReport, RestoreRequest
from vado.backups.neon.reconcile import reconcile
from vado.backups.stores import Store, store_of
from vado.backups.use import in_use, is_in_use
from vado.database import Target, connect, ledger_exists, load_queries
from vado.environments import Environment
from vado.errors import NeonRefused, Refused
from vado.neon import RESTORE, Branch, Home, at_home, expiry, remove_named
from vado.operations import Job, now
from vado.schema import fingerprint, read_catalogue

log = logging.getLogger("vado.backups")

_BACKUPS = load_queries("vado.backups")
_LOOK = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Restoring:
    """One backup on its way back."""

    environment: Environment
    home: Home
    store: Store
    manifest: Manifest
    job: Job


def begin_neon_restore(
    environment: Environment, request: RestoreRequest, job: Job
) -> RestoreReport:
    """Restore what Neon keeps to a new branch and say how it differs; the database stays as it is.

    Raises Refused or NeonError before anything is made; later the branch is taken away again.
    """
    store = store_of(environment)
    kept_by_neon(store, request.backup_id)
    with alone(store, request.backup_id), at_home(environment, job) as home:
        reconcile(environment, home)
        manifest = kept_by_neon(store, request.backup_id)
        _check(home, manifest)
        name = f"{RESTORE}{uuid.uuid4()}"
        begun = {"name": name, "step": "restoring", "at": now()}
        manifest = note_restore(store, manifest.id, begun)
        work = Restoring(environment, home, store, manifest, job)
        try:
            note_restore(store, manifest.id, _looked(work, _restored(work, name)))
        except BaseException:
            remove_named(home.client, name)
            note_restore(store, manifest.id, None)
            raise
    log.info("restored beside", extra={"backup": manifest.id, "branch": name})
    return RestoreReport(
        environment.target.dbname, None, manifest.id, None, job.id, mode="neon", branch=name
    )


@contextmanager
def alone(store: Store, backup_id: str) -> Iterator[None]:
    """Be the only one who restores this backup, and keep it from being deleted meanwhile."""
    with ExitStack() as held:
        with store.changing():
            if is_in_use(store.folder, backup_id):
                raise Refused(
                    f"another Vado is at work on backup {backup_id}",
                    hint="Wait until it has ended.",
                )
            held.enter_context(in_use(store.folder, backup_id))
        yield


def kept_by_neon(store: Store, backup_id: str) -> Manifest:
    """Return the record of a backup that Neon keeps; Refused for any other."""
    manifest = store.read(backup_id)
    if manifest.kind == "dump":
        raise Refused(
            f"backup {backup_id} is a file, which Neon does not have",
            hint="Restore it in place, or tables of it.",
        )
    return manifest


def _check(home: Home, manifest: Manifest) -> None:
    if manifest.state not in USABLE:
        raise Refused(f"backup {manifest.id} is {manifest.state}", hint="Choose another backup.")
    if manifest.expires_at is not None and manifest.expires_at <= now():
        raise Refused(
            f"backup {manifest.id} is older than what Neon remembers of the branch",
            hint="Choose another backup.",
        )
    if "restore" in facts(manifest):
        raise Refused(
            f"backup {manifest.id} is restored beside the database already",
            hint="Finalize that restore, or abandon it.",
        )
    reason = home.branch.restricted.get("restore")
    if reason is not None and manifest.kind != "neon_snapshot":
        raise NeonRefused(f"branch {home.branch.name} cannot be restored: {reason}")
    # One to look at; it is gone, or the database, when what is there now is kept as another. Below
    # the root, a place in the history needs one more, to go back from.
    home.check_room(2 if manifest.kind == "neon_lsn" and not home.branch.root else 1)


def _restored(work: Restoring, name: str) -> Branch:
    client, known = work.home.client, facts(work.manifest)
    work.job.step("ask_neon")
    if work.manifest.kind == "neon_snapshot":
        return client.restore_snapshot(known["snapshot_id"], name, work.home.branch.id)
    # A child of what is kept, so that looking at it never changes that.
    parent, lsn = source_of(work)
    return client.create_branch(name, parent, lsn=lsn, expires_at=expiry(_LOOK), compute=True)


def source_of(work: Restoring) -> tuple[str, str | None]:
    """Return the branch a restore is made from, and the place in its history (None: its head)."""
    home, manifest = work.home, work.manifest
    known = facts(manifest)
    if kept := known.get("backup_branch_id"):
        return str(kept), None
    held, lsn = str(known["branch_id"]), str(known["lsn"])
    if home.branch.root:
        return held, lsn
    # Neon goes back in the history of a root only; elsewhere a branch of that moment is the source.
    return _branch_at(work, held, lsn).id, None


def _branch_at(work: Restoring, held: str, lsn: str) -> Branch:
    """Have Neon keep a place in the history for good; what was made is known by its name before."""
    home, name = work.home, name_of(work.manifest.id)
    home.check_child()
    _note(work, name=name)
    made = home.client.branch_named(name)
    if made is None:
        try:
            made = home.client.create_branch(name, held, lsn=lsn)
        except BaseException:
            remove_named(home.client, name)
            raise
    _note(work, backup_branch_id=made.id)
    # It is a branch now, which lasts longer than the history.
    with work.store.changing():
        latest = work.store.reread(work.manifest.id)
        work.store.write(replace(latest, kind="neon_branch", expires_at=None))
    return made


def _note(work: Restoring, **known: str) -> None:
    with work.store.changing():
        work.store.write(with_facts(work.store.reread(work.manifest.id), **known))


def look_at(work: Restoring, branch: Branch) -> dict[str, Any]:
    """Read on the restored branch what a person needs to decide."""
    work.job.step("compare")
    if not work.home.client.endpoints(branch.id):
        work.home.client.create_compute(branch.id)
    target: Target = work.home.reached(branch.id, work.environment)
    with connect(target, read_only=True) as session, work.job.on_cancel(session.cancel):
        ledger = session.value(_BACKUPS["ledger_version"]) if ledger_exists(session) else None
        found = fingerprint(read_catalogue(session))
    return {
        "host": target.host,
        "ledger_version": ledger,
        "ledger_equal": ledger == work.manifest.ledger_version,
        "schema_equal": found == work.manifest.fingerprint,
    }


def _looked(work: Restoring, branch: Branch) -> dict[str, Any]:
    look = look_at(work, branch)
    return {
        "name": branch.name,
        "branch_id": branch.id,
        "step": "look",
        "at": now(),
        "expires_at": branch.expires_at,
        "look": look,
    }


def note_restore(store: Store, backup_id: str, restore: dict[str, Any] | None) -> Manifest:
    """Write down how far the restore of a backup is; None: there is none any more."""
    with store.changing():
        manifest = with_facts(store.reread(backup_id), restore=restore)
        store.write(manifest)
    return manifest


def settle_look(work: Restoring, restore: dict[str, Any]) -> None:
    """Go on with a first step that was cut short, or say that nothing of it is at Neon."""
    branch = work.home.client.branch_named(restore["name"])
    if branch is not None and restore["step"] == "look":
        return
    looked = None if branch is None else _looked(work, branch)
    note_restore(work.store, work.manifest.id, looked)


def found_now(work: Restoring) -> bool:
    """Whether Neon still has what is to be restored."""
    return Present.read(work.home).find(work.manifest) is not None
