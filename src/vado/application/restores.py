"""What is done to put a backup back: looked at first, restored, taken back, and cleared away."""

from dataclasses import replace
from typing import TYPE_CHECKING

from vado import backups
from vado.application.confirmation import require_word
from vado.application.vado import Vado
from vado.environments import Environment
from vado.operations import Operation, Request

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
    return vado.start(asked, lambda job: backups.restore_backup(environment, typed, job).to_json())
