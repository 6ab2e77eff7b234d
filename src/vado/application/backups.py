"""What is done with backups: taken, checked, changed, kept and let go.

What takes long runs as an operation. Whatever is asked for is written down, refusals too.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from vado import backups
from vado.application.vado import Vado
from vado.environments import Environment
from vado.errors import NotFound
from vado.operations import Job, Operation, Request

if TYPE_CHECKING:
    from vado.backups import AdoptReport, Backup, BackupRequest


def environment_of_backup(vado: Vado, backup_id: str, act: str | None = None) -> Environment:
    """Return the environment that a backup belongs to: ids are unique on a machine.

    NotFound is written down as a refusal where an *act* was asked for.
    """
    for environment in vado.environments().values():
        with suppress(NotFound):
            backups.get_backup(environment, backup_id)
            return environment
    error = NotFound(f"there is no backup {backup_id!r}", hint="`vado backup list` lists them.")
    if act is not None:
        vado.refused(Request(act, None, backup_id), error)
    raise error


def start_backup(vado: Vado, environment: Environment, request: "BackupRequest") -> Operation:
    """Take a backup; the result is `{backup_id}`."""
    with vado.asking(Request("backup", environment.name)):
        backups.check_label(request.label)

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        return {"backup_id": backups.take_backup(environment, job, request).id}

    return vado.start(Request("backup", environment.name, request.label), work)


def start_verify(vado: Vado, environment: Environment, backup_id: str) -> Operation:
    """Read a backup wholly; the result is the backup."""
    asked = Request("verify", environment.name, backup_id)
    with vado.asking(asked):
        backups.get_backup(environment, backup_id)
    return vado.start(
        asked, lambda job: backups.verify_backup(environment, backup_id, job).to_json()
    )


def start_prove(vado: Vado, environment: Environment, backup_id: str) -> Operation:
    """Restore a backup beside the database and compare; the result is the backup."""
    asked = Request("prove", environment.name, backup_id)
    with vado.asking(asked):
        backups.get_backup(environment, backup_id)

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        return backups.prove_backup(environment, backup_id, job).to_json()

    return vado.start(asked, work)


def change_backup(
    vado: Vado,
    environment: Environment,
    backup_id: str,
    *,
    label: str | None = None,
    pinned: bool | None = None,
) -> "Backup":
    """Change label or pin of a backup; None leaves it as it is, an empty label removes it."""
    asked = Request("backup_change", environment.name, backup_id)
    with vado.asking(asked):
        backups.check_label(label)
    with vado.acting(asked, {"label": label, "pinned": pinned}):
        return backups.update_backup(environment, backup_id, label=label, pinned=pinned)


def remove_backup(
    vado: Vado, environment: Environment, backup_id: str, confirmation: str | None
) -> None:
    """Delete a backup for good."""
    with vado.acting(Request("backup_delete", environment.name, backup_id)):
        backups.delete_backup(environment, backup_id, confirmation)


def prune_backups(vado: Vado, environment: Environment, ids: Sequence[str]) -> tuple[str, ...]:
    """Delete what the rules of retention do not keep; Refused when that is no longer *ids*."""
    asked = Request("retention", environment.name, None)
    with vado.acting(asked, {"ids": list(ids)}):
        return backups.apply_retention(environment, ids)


def adopt_backups(vado: Vado, environment: Environment) -> "AdoptReport":
    """List the files beside the backups again whose record was lost."""
    with vado.acting(Request("backup_adopt", environment.name)):
        return backups.adopt_backups(environment)


def start_import(vado: Vado, environment: Environment, path: Path) -> Operation:
    """Take a dump of another origin among the backups; the result is `{backup_id}`."""

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        return {"backup_id": backups.import_dump(environment, path.expanduser(), job).id}

    return vado.start(Request("import", environment.name, path.name), work)
