"""The second step of a restore by Neon: the restored branch in the place of the database's, or not.

Neon keeps what is replaced as a branch, and Vado lists that as a backup. The compute stays, so the
connection string does, too; the branch behind it is another one.
"""

import logging
import secrets
from dataclasses import replace
from typing import Any

from vado.backups.at_neon import check_not_home, facts
from vado.backups.manifest import Manifest
from vado.backups.model import RestoreReport
from vado.backups.neon.control import control_file, save_control
from vado.backups.neon.replaced import complete, go_back_to_look, is_replaced
from vado.backups.neon.restore import (
    Restoring,
    alone,
    found_now,
    kept_by_neon,
    note_restore,
    source_of,
)
from vado.backups.neon.settle import settle
from vado.backups.permission import check_word
from vado.backups.record import recorded
from vado.backups.stores import store_of
from vado.backups.successor import no_apply
from vado.database import ledger_exists, load_queries
from vado.environments import Environment
from vado.errors import Refused, RestoreFailed, VadoError
from vado.neon import at_home, remove_named
from vado.operations import Job
from vado.schema import fingerprint, read_catalogue

log = logging.getLogger("vado.backups")

_BACKUPS = load_queries("vado.backups")
_ENDED_BADLY = frozenset({"failed", "error", "cancelled"})


def finalize_restore(
    environment: Environment, backup_id: str, confirmation: str | None, job: Job
) -> RestoreReport:
    """Make the database what was looked at; the present one stays at Neon, listed as a backup.

    All databases of the branch go back together, and connections are dropped. ConfirmationRequired
    and Refused come before anything is done. One that was cut short is brought to its end first.
    """
    store = store_of(environment)
    _open_restore(kept_by_neon(store, backup_id))
    check_word(environment, confirmation)
    with alone(store, backup_id), at_home(environment, job) as home:
        work = Restoring(environment, home, store, store.read(backup_id), job)
        old_name = _open_restore(work.manifest).get("old_name")
        previous = settle(work)
        if previous is None:
            work = replace(work, manifest=store.read(backup_id))
            restore = _open_restore(work.manifest)
            if not found_now(work):
                raise Refused(f"Neon does not have backup {backup_id} any more")
            old_name, previous = _finalized(work, restore)
    log.info("restore", extra={"backup": backup_id, "previous_branch": old_name})
    return RestoreReport(
        environment.target.dbname,
        None,
        backup_id,
        previous.id,
        job.id,
        mode="neon",
        branch=old_name,
    )


def _open_restore(manifest: Manifest) -> dict[str, Any]:
    restore = facts(manifest).get("restore")
    if restore is None:
        raise Refused(
            f"backup {manifest.id} is not restored beside the database",
            hint="Restore it with the mode neon first, and look at it.",
        )
    return dict(restore)


def _finalized(work: Restoring, restore: dict[str, Any]) -> tuple[str, Manifest]:
    environment, job = work.environment, work.job
    with recorded(environment, job, work.manifest.id):
        with no_apply(environment):
            restore["before"] = _before(environment)
            save_control(environment, control_file(work.store, work.manifest.id), job)
            job.check()
            # From here on it goes through: half of it would be worse than all or nothing.
            work = replace(work, job=Job(job.id, job.listener))
            with work.home.client.undisturbed():
                restore, failure = _replaced(work, restore)
        with work.home.client.undisturbed():
            previous = complete(work, restore)
        if failure is not None:
            raise RestoreFailed(
                f"neon put the branch in its place and reported an error: {failure.message}",
                hint=f"Look at the database; what it was is kept as {restore['old_name']}.",
                details={
                    "backup_id": work.manifest.id,
                    "previous_branch": restore["old_name"],
                    "reason": "replaced",
                },
            )
    return restore["old_name"], previous


def _before(environment: Environment) -> dict[str, Any]:
    """Read what the list of backups is to say of the state that is replaced."""
    with environment.session(read_only=True) as session:
        known = ledger_exists(session)
        return {
            "ledger_version": session.value(_BACKUPS["ledger_version"]) if known else None,
            "fingerprint": fingerprint(read_catalogue(session)),
        }


def _replaced(work: Restoring, restore: dict[str, Any]) -> tuple[dict[str, Any], VadoError | None]:
    """Ask Neon for it; what is written down before lets a crash be told from its outcome."""
    home, job = work.home, work.job
    old_name = f"{home.branch.name}-before-vado-{secrets.token_hex(4)}"
    restore |= {"step": "finalizing", "old_name": old_name, "operation_id": job.id}
    restore |= {"replaced_id": home.branch.id}
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
        # Neon may have begun: what is there now tells whether the database is another.
        if not is_replaced(work, restore):
            go_back_to_look(work, restore)
            raise
        log.warning("finalized with an error", extra={"error": error.message})
        ended_badly = error.details.get("status") in _ENDED_BADLY
        return restore, error if ended_badly else None
    return restore, None


def abandon_restore(environment: Environment, backup_id: str, job: Job) -> None:
    """Delete the branch that was to be looked at; the database stays as it is.

    Refused when that branch is the database by now.
    """
    store = store_of(environment)
    _open_restore(kept_by_neon(store, backup_id))
    with alone(store, backup_id), at_home(environment, job) as home:
        work = Restoring(environment, home, store, store.read(backup_id), job)
        restore = _open_restore(work.manifest)
        if restore["step"] == "finalizing" and settle(work) is not None:
            raise Refused(
                f"the restore of {backup_id} had taken its place already",
                hint=f"What the database was is listed as a backup: {restore['old_name']}.",
            )
        branch = home.client.branch_named(restore["name"])
        if branch is not None:
            check_not_home(home, branch)
            home.client.delete_branch(branch.id)
        control_file(store, backup_id).unlink(missing_ok=True)
        note_restore(store, backup_id, None)
