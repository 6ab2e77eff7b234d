"""Restores at Neon that were cut short, brought to a state that can be told."""

import logging
from typing import Any

from vado.backups.at_neon import facts
from vado.backups.manifest import Manifest
from vado.backups.neon.replaced import complete, go_back_to_look, is_replaced
from vado.backups.neon.restore import Restoring, alone, note_restore, settle_look
from vado.backups.record import record_end
from vado.backups.stores import store_of
from vado.backups.use import is_in_use
from vado.database import control_installed
from vado.environments import Environment
from vado.errors import RestoreFailed, VadoError
from vado.neon import at_home
from vado.operations import Job, Said

log = logging.getLogger("vado.backups")


def settle(work: Restoring) -> Manifest | None:
    """Bring one restore to where Neon has it; the backup of what was replaced, if it was.

    One that was being finalized is completed when Neon did it, and is to be looked at again when it
    did not. NeonError when Neon cannot be asked, or is still at it.
    """
    restore = dict(facts(work.manifest)["restore"])
    if restore["step"] == "finalizing":
        return _settle_finalizing(work, restore)
    if work.home.branch.id == restore.get("branch_id"):
        # Somebody finalized it in Neon's console.
        note_restore(work.store, work.manifest.id, None)
    else:
        settle_look(work, restore)
    return None


def _settle_finalizing(work: Restoring, restore: dict[str, Any]) -> Manifest | None:
    begun = Job(restore["operation_id"], work.job.listener)
    previous, error = None, None
    if is_replaced(work, restore):
        work.home.client.until_quiet(work.home.branch.id)
        previous = complete(work, restore)
    else:
        go_back_to_look(work, restore)
        error = RestoreFailed("Vado was ended before Neon was asked; the database is as it was")
    with work.environment.session(read_only=True) as session:
        kept = control_installed(session)
    if kept:
        record_end(work.environment, begun, work.manifest.id, error)
    return previous


def settle_neon_restores(environment: Environment) -> tuple[str, ...]:
    """Settle all that were cut short; return the backups' ids of those that could be.

    NeonError when Neon cannot be asked.
    """
    store = store_of(environment)
    cut = [item for item in store.read_all() if _is_cut(item)]
    cut = [item for item in cut if not is_in_use(store.folder, item.id)]
    if not cut:
        return ()
    job, settled = Job("op_settle_neon", _Nobody()), []
    with at_home(environment, job) as home:
        for manifest in cut:
            try:
                with alone(store, manifest.id):
                    latest = store.read(manifest.id)
                    if _is_cut(latest):
                        settle(Restoring(environment, home, store, latest, job))
                        settled.append(manifest.id)
            except VadoError as error:
                # It can be tried again, or abandoned; the others are not to wait for that.
                told = {"backup": manifest.id, "error": error.message}
                log.warning("restore not settled", extra=told)
    return tuple(settled)


def _is_cut(manifest: Manifest) -> bool:
    restore = facts(manifest).get("restore")
    return restore is not None and restore["step"] != "look"


class _Nobody:
    def progressed(self, job_id: str, progress: dict[str, Any]) -> None:
        """Nobody looks."""

    def logged(self, job_id: str, message: str, said: Said | None = None) -> None:
        log.info(message, extra={"operation": job_id, "said": said})
