"""The actions: preview, apply, backup, verify and restore run as operations; delete is quick.

Each that changes a database, or tells what would change, first makes sure that it is the right one.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

# Each room loads what an action asks it for: an apply needs nothing that previews or restores.
from vado import backups, migrations
from vado.application.vado import Vado
from vado.environments import Environment
from vado.errors import ConfirmationRequired, VadoError
from vado.operations import Entry, Job, Operation, Request, record_audit

if TYPE_CHECKING:
    from vado.backups import BackupRequest, RestoreRequest
    from vado.migrations import (
        ApplyRequest,
        BaselineRequest,
        MarkWanted,
        RepairRequest,
        UndoWanted,
        Wanted,
    )


def start_preview(vado: Vado, environment: Environment, wanted: "Wanted") -> Operation:
    """Preview what is pending; the result is `{plan_id}`."""

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        plan = migrations.preview_pending(environment, wanted, job)
        vado.plans.add(plan)
        return {"plan_id": plan.plan_id}

    return vado.start(Request("dry_run", environment.name, wanted.to), work)


def start_undo(vado: Vado, environment: Environment, wanted: "UndoWanted") -> Operation:
    """Preview the way back; the result is `{plan_id}`."""

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        plan = migrations.preview_undo(environment, wanted, job)
        vado.plans.add(plan)
        return {"plan_id": plan.plan_id}

    return vado.start(Request("dry_run", environment.name, wanted.to), work)


def start_mark(vado: Vado, environment: Environment, wanted: "MarkWanted") -> Operation:
    """Preview what the ledger will say; the result is `{plan_id}`."""

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        plan = migrations.preview_mark(environment, wanted, job)
        vado.plans.add(plan)
        return {"plan_id": plan.plan_id}

    return vado.start(Request("dry_run", environment.name, wanted.version), work)


def start_apply(vado: Vado, environment: Environment, request: "ApplyRequest") -> Operation:
    """Apply a plan; what stands in the way is raised at once and written down."""
    asked = Request("apply", environment.name, request.plan.plan_id)
    try:
        migrations.check_plan(environment, request, vado.plans)
    except VadoError as error:
        vado.refused(asked, error)
        raise
    return vado.start(
        asked, lambda job: migrations.apply_plan(environment, request, vado.plans, job)
    )


def start_baseline(vado: Vado, environment: Environment, request: "BaselineRequest") -> Operation:
    """Begin on a database that has a schema already; the result is the report."""

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        return migrations.take_baseline(environment, request, job)

    return vado.start(Request("baseline", environment.name, request.name), work)


def start_repair(
    vado: Vado, environment: Environment, request: "RepairRequest", confirmation: str | None
) -> Operation:
    """Fix the record of a migration, or restore its file; the schema stays as it is."""
    asked = Request("repair", environment.name, request.version)
    if request.action == "fix_record" and environment.policy.confirmation:
        try:
            _require_word(environment, confirmation, "fixing the record changes the ledger")
        except VadoError as error:
            vado.refused(asked, error)
            raise

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        return migrations.repair_migration(environment, request, job)

    return vado.start(asked, work)


def start_backup(vado: Vado, environment: Environment, request: "BackupRequest") -> Operation:
    """Take a backup; the result is `{backup_id}`."""

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        return {"backup_id": backups.take_backup(environment, job, request).id}

    return vado.start(Request("backup", environment.name, request.label), work)


def start_verify(vado: Vado, environment: Environment, backup_id: str) -> Operation:
    """Read a backup wholly; the result is the backup."""
    backups.get_backup(environment, backup_id)
    return vado.start(
        Request("verify", environment.name, backup_id),
        lambda job: backups.verify_backup(environment, backup_id, job).to_json(),
    )


def start_prove(vado: Vado, environment: Environment, backup_id: str) -> Operation:
    """Restore a backup beside the database and compare; the result is the backup."""
    backups.get_backup(environment, backup_id)

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        return backups.prove_backup(environment, backup_id, job).to_json()

    return vado.start(Request("prove", environment.name, backup_id), work)


def start_restore(vado: Vado, environment: Environment, request: "RestoreRequest") -> Operation:
    """Put a backup in the place of the database."""
    asked = Request("restore", environment.name, request.backup_id)
    try:
        backups.get_backup(environment, request.backup_id)
        _require_confirmation(environment, request.confirmation)
        vado.recognise(environment)
    except VadoError as error:
        vado.refused(asked, error)
        raise
    typed = replace(request, confirmation=environment.confirmation_word)
    return vado.start(asked, lambda job: backups.restore_backup(environment, typed, job).to_json())


def remove_backup(
    vado: Vado, environment: Environment, backup_id: str, confirmation: str | None
) -> None:
    """Delete a backup for good, and write down that it was asked for and how it ended."""
    asked = Request("backup_delete", environment.name, backup_id)
    try:
        backups.delete_backup(environment, backup_id, confirmation)
    except VadoError as error:
        vado.refused(asked, error)
        raise
    record_audit(vado.state, Entry(asked.kind, "succeeded", asked.environment, subject=backup_id))


def _require_confirmation(environment: Environment, typed: str | None) -> None:
    _require_word(environment, typed, f"restoring replaces {environment.target.dbname}")


def _require_word(environment: Environment, typed: str | None, what: str) -> None:
    word = environment.confirmation_word
    if typed is None or typed.strip() != word:
        raise ConfirmationRequired(
            what,
            hint=f"Type the name {word} (--confirm {word}).",
            details={"word": word},
        )
