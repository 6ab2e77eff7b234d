"""What is done to put a backup back: looked at first, restored, taken back, and cleared away."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vado import backups
from vado.application.confirmation import require_word
from vado.application.vado import Vado
from vado.environments import Environment
from vado.operations import Job, Operation, Request

if TYPE_CHECKING:
    from vado.backups import RestoreRequest

# What is restored beside the database replaces nothing, so no word is asked for.
_REPLACES = frozenset({"swap", "in_place"})


def start_restore(vado: Vado, environment: Environment, request: "RestoreRequest") -> Operation:
    """Put a backup in the place of the database, or some of it beside."""
    asked = Request("restore", environment.name, request.backup_id)
    with vado.asking(asked):
        backups.get_backup(environment, request.backup_id)
        if request.mode in _REPLACES:
            what = f"restoring replaces {environment.target.dbname}"
            require_word(environment, request.confirmation, what)
        vado.recognise(environment)
    typed = replace(request, confirmation=environment.confirmation_word)

    def work(job: Job) -> dict[str, Any]:
        job.go(request.mode)
        return backups.restore_backup(environment, typed, job).to_json()

    return vado.start(asked, work)


def start_restore_preview(vado: Vado, environment: Environment, backup_id: str) -> Operation:
    """Look at what a restore would bring back and what it would lose; the result is that."""
    asked = Request("restore_preview", environment.name, backup_id)
    with vado.asking(asked):
        backups.get_backup(environment, backup_id)

    def work(job: Job) -> dict[str, Any]:
        vado.recognise(environment)
        return backups.preview_restore(environment, backup_id, job).to_json()

    return vado.start(asked, work)


def start_undo_restore(
    vado: Vado, environment: Environment, database: str, confirmation: str | None
) -> Operation:
    """Give a database that a restore has kept its name again; the present one is kept then."""
    asked = Request("restore_undo", environment.name, database)
    with vado.asking(asked):
        backups.find_previous(environment, database)
        what = f"undoing the restore replaces {environment.target.dbname}"
        require_word(environment, confirmation, what)
        vado.recognise(environment)
    word = environment.confirmation_word
    return vado.start(
        asked, lambda job: backups.undo_restore(environment, database, word, job).to_json()
    )


def remove_previous(
    vado: Vado, environment: Environment, database: str, confirmation: str | None
) -> None:
    """Drop a database that a restore has kept, for good."""
    with vado.acting(Request("previous_remove", environment.name, database)):
        vado.recognise(environment)
        backups.remove_previous(environment, database, confirmation)
