"""What is done at Neon: the last steps of a restore, and what was left there cleared away."""

from typing import Any

from vado import backups
from vado.application.confirmation import require_word
from vado.application.vado import Vado
from vado.environments import Environment
from vado.operations import Job, Operation, Request


def remove_orphan(vado: Vado, environment: Environment, branch_id: str) -> None:
    """Delete a branch that Vado made and nothing needs any more."""
    with vado.acting(Request("neon_orphan_remove", environment.name, branch_id)):
        backups.remove_orphan(environment, branch_id)


def start_finalize(
    vado: Vado, environment: Environment, backup_id: str, confirmation: str | None
) -> Operation:
    """Put the branch that was looked at in the place of the database's branch."""
    asked = Request("finalize", environment.name, backup_id)
    with vado.asking(asked):
        backups.get_backup(environment, backup_id)
        what = f"ending the restore replaces {environment.target.dbname}"
        require_word(environment, confirmation, what)
        vado.recognise(environment)
    word = environment.confirmation_word

    def work(job: Job) -> dict[str, Any]:
        return backups.finalize_restore(environment, backup_id, word, job).to_json()

    return vado.start(asked, work)


def start_abandon(vado: Vado, environment: Environment, backup_id: str) -> Operation:
    """Delete the branch that was looked at; the database stays as it is."""
    asked = Request("abandon", environment.name, backup_id)
    with vado.asking(asked):
        backups.get_backup(environment, backup_id)

    def work(job: Job) -> dict[str, Any]:
        backups.abandon_restore(environment, backup_id, job)
        return {"backup_id": backup_id}

    return vado.start(asked, work)
