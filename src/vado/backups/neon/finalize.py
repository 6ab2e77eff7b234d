"""The second step of a restore by Neon: the restored branch in the place of the database's, or not.

Neon keeps what is replaced as a branch, and Vado lists that as a backup. The compute stays, so the
connection string does, too; the branch behind it is another one.
"""

import logging
import secrets
import time
from dataclasses import replace
from typing import Any

from vado.backups.at_neon import facts, with_facts
from vado.backups.catalogue import record_in_target
from vado.backups.manifest import Manifest
from vado.backups.model import RestoreReport
from vado.backups.neon.control import control_file, load_control, save_control
from vado.backups.neon.restore import (
    Restoring,
    alone,
    found_now,
    kept_by_neon,
    note_restore,
    settle_look,
    source_of,
)
from vado.backups.permission import check_word
from vado.backups.record import record_end, recorded
from vado.backups.stores import Store, store_of
from vado.backups.successor import no_apply
from vado.backups.use import is_in_use
from vado.database import connect, control_installed, ledger_exists, load_queries
from vado.environments import Environment
from vado.errors import ConnectionFailed, Refused, RestoreFailed, VadoError
from vado.neon import Branch, at_home, read_home, remove_named
from vado.operations import Job, Said, now

log = logging.getLogger("vado.backups")

_BACKUPS = load_queries("vado.backups")
_BACK_WITHIN_S = 120.0
_POLL_S = 0.5


def finalize_restore(
    environment: Environment, backup_id: str, confirmation: str | None, job: Job
) -> RestoreReport:
    """Make the database what was looked at; the present one stays at Neon, listed as a backup.

    All databases of the branch go back together, and connections are dropped. ConfirmationRequired
    and Refused come before anything is done.
    """
    store = store_of(environment)
    settle_neon_restores(environment)
    manifest = kept_by_neon(store, backup_id)
    restore = _open_restore(manifest)
    check_word(environment, confirmation)
    with alone(store, backup_id), at_home(environment, job) as home:
        work = Restoring(environment, home, store, manifest, job)
        if not found_now(work):
            raise Refused(f"Neon does not have backup {backup_id} any more")
        with recorded(environment, job, backup_id):
            with no_apply(environment):
                save_control(environment, control_file(store, backup_id), job)
                job.check()
                # From here on it goes through: half of it would be worse than all or nothing.
                work = replace(work, job=Job(job.id, job.listener))
                with home.client.undisturbed():
                    restore = _replaced(work, restore)
            with home.client.undisturbed():
                previous = _completed(work, restore)
    log.info("restore", extra={"backup": backup_id, "previous_branch": restore["old_name"]})
    return RestoreReport(
        environment.target.dbname,
        None,
        backup_id,
        None if previous is None else previous.id,
        job.id,
        mode="neon",
        branch=restore["old_name"],
    )


def _open_restore(manifest: Manifest) -> dict[str, Any]:
    restore = facts(manifest).get("restore")
    if restore is None or restore["step"] == "restoring":
        raise Refused(
            f"backup {manifest.id} is not restored beside the database",
            hint="Restore it with the mode neon first, and look at it.",
        )
    return dict(restore)


def _replaced(work: Restoring, restore: dict[str, Any]) -> dict[str, Any]:
    """Ask Neon for it; what is written down before lets a crash be told from its outcome."""
    home, job = work.home, work.job
    old_name = f"{home.branch.name}-before-vado-{secrets.token_hex(4)}"
    restore |= {"step": "finalizing", "old_name": old_name, "operation_id": job.id}
    note_restore(work.store, work.manifest.id, restore)
    job.step("swap")
    try:
        if work.manifest.kind == "neon_snapshot":
            home.client.finalize_restore(restore["branch_id"], old_name)
        else:
            remove_named(home.client, restore["name"])
            source, lsn = source_of(work)
            home.client.restore_branch(home.branch.id, source, old_name, lsn=lsn)
    except VadoError as error:
        # Neon may have begun: only the name that is there tells whether the database is another.
        if home.client.branch_named(old_name) is None:
            note_restore(work.store, work.manifest.id, restore | {"step": "look"})
            raise
        log.warning("finalized with an error", extra={"error": error.message})
    return restore


def _completed(work: Restoring, restore: dict[str, Any]) -> Manifest | None:
    """Wait for the compute, carry Vado's records over, and list what was replaced as a backup."""
    work.job.step("reconnect")
    ledger = _back_again(work)
    if ledger != work.manifest.ledger_version:
        work.job.log(
            f"the ledger is at {ledger}, the backup was at {work.manifest.ledger_version}",
            "ledger_differs",
            found=str(ledger),
            expected=str(work.manifest.ledger_version),
        )
    load_control(work.environment, control_file(work.store, work.manifest.id), work.job)
    old = work.home.client.branch_named(restore["old_name"])
    previous = None if old is None else _listed(work, old, ledger)
    with work.store.changing():
        latest = work.store.reread(work.manifest.id)
        work.store.write(with_facts(latest, restore=None, restored_at=now()))
    return previous


def _back_again(work: Restoring) -> str | None:
    """Return the ledger's head once the compute serves the restored branch."""
    deadline = time.monotonic() + _BACK_WITHIN_S
    while True:
        try:
            with connect(work.environment.target, read_only=True) as session:
                known = ledger_exists(session)
                found: str | None = session.value(_BACKUPS["ledger_version"]) if known else None
                return found
        except ConnectionFailed as error:
            if time.monotonic() > deadline:
                raise RestoreFailed(
                    f"the branch was restored, and its compute has not come back: {error.message}",
                    hint="Look at the compute in Neon's console; the old state is kept there.",
                ) from error
            work.job.note(waking=1)
            time.sleep(_POLL_S)


def _listed(work: Restoring, old: Branch, ledger: str | None) -> Manifest:
    """Write the record of the branch that was the database until now."""
    moment = now()
    home = read_home(work.home.client, work.environment)
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
        fingerprint=None,
        ledger_version=None,
        expires_at=None,
        size_bytes=None,
        writes=None,
        operation_id=work.job.id,
        neon={
            "project_id": home.project.id,
            "branch_id": home.branch.id,
            "branch": home.branch.name,
            "endpoint_id": home.endpoint.id,
            "name": old.name,
            "backup_branch_id": old.id,
            "replaced_by_ledger": ledger,
        },
    )
    work.store.write(record)
    record_in_target(work.environment, record)
    return record


def abandon_restore(environment: Environment, backup_id: str, job: Job) -> None:
    """Delete the branch that was to be looked at; the database stays as it is."""
    store = store_of(environment)
    settle_neon_restores(environment)
    restore = facts(kept_by_neon(store, backup_id)).get("restore")
    if restore is None:
        raise Refused(f"backup {backup_id} is not restored beside the database")
    with alone(store, backup_id), at_home(environment, job) as home:
        branch = home.client.branch_named(restore["name"])
        if branch is not None:
            home.client.delete_branch(branch.id)
    note_restore(store, backup_id, None)


class _Nobody:
    def progressed(self, job_id: str, progress: dict[str, Any]) -> None:
        """Nobody looks."""

    def logged(self, job_id: str, message: str, said: Said | None = None) -> None:
        log.info(message, extra={"operation": job_id, "said": said})


def settle_neon_restores(environment: Environment) -> tuple[str, ...]:
    """Bring restores that were cut short to a state that can be told; return their backups' ids.

    One that was being finalized is completed when Neon did it, and is to be looked at again when it
    did not. NeonError when Neon cannot be asked.
    """
    store = store_of(environment)
    cut = [item for item in store.read_all() if _is_cut(store, item)]
    if not cut:
        return ()
    job = Job("op_settle_neon", _Nobody())
    with at_home(environment, job) as home:
        for manifest in cut:
            work = Restoring(environment, home, store, manifest, job)
            _settle(work, store, dict(facts(manifest)["restore"]))
    return tuple(manifest.id for manifest in cut)


def _is_cut(store: Store, manifest: Manifest) -> bool:
    restore = facts(manifest).get("restore")
    at_work = is_in_use(store.folder, manifest.id)
    return restore is not None and restore["step"] != "look" and not at_work


def _settle(work: Restoring, store: Store, restore: dict[str, Any]) -> None:
    if restore["step"] == "restoring":
        settle_look(work, restore)
        return
    begun, error = Job(restore["operation_id"], work.job.listener), None
    if work.home.client.branch_named(restore["old_name"]) is not None:
        _completed(work, restore)
    else:
        note_restore(store, work.manifest.id, restore | {"step": "look"})
        error = RestoreFailed("Vado was ended before Neon was asked; the database is as it was")
    with work.environment.session(read_only=True) as session:
        kept = control_installed(session)
    if kept:
        record_end(work.environment, begun, work.manifest.id, error)
