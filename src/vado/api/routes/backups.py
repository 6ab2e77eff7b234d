"""Backups: take, list, change, verify, restore, delete."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.concurrency import run_in_threadpool

from vado.api import backup_models, models, operation_models
from vado.api.context import (
    PROBLEMS,
    After,
    Limit,
    TheEnvironment,
    TheVado,
    WaitSeconds,
    answer,
    page_of,
)
from vado.application import (
    change_backup,
    environment_of_backup,
    remove_backup,
    start_backup,
    start_prove,
    start_restore,
    start_verify,
)
from vado.backups import (
    BackupRequest,
    RestoreRequest,
    get_backup,
    list_backups,
)

router = APIRouter(prefix="/api/backups", tags=["backups"], responses=PROBLEMS)


@router.post("", status_code=202)
async def created(
    body: backup_models.NewBackup,
    vado: TheVado,
    environment: TheEnvironment,
    wait_s: WaitSeconds,
    response: Response,
) -> operation_models.Operation:
    """Take a backup; the operation's result is `{backup_id}`."""
    request = BackupRequest(label=body.label, pinned=body.pinned)
    operation = await run_in_threadpool(start_backup, vado, environment, request)
    return await answer(vado, operation, wait_s, response)


@router.get("")
def listed(
    environment: TheEnvironment, limit: Limit = 50, after: After = None
) -> models.Page[backup_models.Backup]:
    """List backups, newest first."""
    return page_of([b.to_json() for b in list_backups(environment)], "id", limit, after)


@router.post("/restore", status_code=202)
async def restored(
    body: backup_models.Restore, vado: TheVado, wait_s: WaitSeconds, response: Response
) -> operation_models.Operation:
    """Put a backup in the place of its database."""
    environment = await run_in_threadpool(environment_of_backup, vado, body.backup_id, "restore")
    request = RestoreRequest(body.backup_id, body.confirmation)
    operation = await run_in_threadpool(start_restore, vado, environment, request)
    return await answer(vado, operation, wait_s, response)


@router.get("/{backup_id}")
def one(backup_id: str, vado: TheVado) -> backup_models.Backup:
    """Read one backup."""
    found = get_backup(environment_of_backup(vado, backup_id), backup_id)
    return backup_models.Backup.model_validate(found.to_json())


@router.patch("/{backup_id}")
def changed(
    backup_id: str, body: backup_models.ChangeBackup, vado: TheVado
) -> backup_models.Backup:
    """Change a backup's label or pin."""
    environment = environment_of_backup(vado, backup_id, "backup_change")
    found = change_backup(vado, environment, backup_id, label=body.label, pinned=body.pinned)
    return backup_models.Backup.model_validate(found.to_json())


@router.post("/{backup_id}/verify", status_code=202)
async def verified(
    backup_id: str, vado: TheVado, wait_s: WaitSeconds, response: Response
) -> operation_models.Operation:
    """Read a backup wholly and compare it with its manifest."""
    environment = await run_in_threadpool(environment_of_backup, vado, backup_id, "verify")
    operation = await run_in_threadpool(start_verify, vado, environment, backup_id)
    return await answer(vado, operation, wait_s, response)


@router.post("/{backup_id}/prove", status_code=202)
async def proven(
    backup_id: str, vado: TheVado, wait_s: WaitSeconds, response: Response
) -> operation_models.Operation:
    """Restore a backup into a scratch database, and compare schema and rows with its manifest."""
    environment = await run_in_threadpool(environment_of_backup, vado, backup_id, "prove")
    operation = await run_in_threadpool(start_prove, vado, environment, backup_id)
    return await answer(vado, operation, wait_s, response)


@router.delete("/{backup_id}", status_code=204)
def deleted(
    backup_id: str,
    vado: TheVado,
    confirmation: Annotated[str | None, Query(max_length=100)] = None,
) -> None:
    """Delete a backup for good; its id is the confirmation."""
    environment = environment_of_backup(vado, backup_id, "backup_delete")
    remove_backup(vado, environment, backup_id, confirmation)
