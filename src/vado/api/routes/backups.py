"""Backups: take, list, change, verify, prove, delete."""

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
    start_verify,
)
from vado.backups import (
    BackupFilter,
    BackupRequest,
    BackupState,
    Kind,
    Reason,
    filter_backups,
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
    request = BackupRequest(label=body.label, pinned=body.pinned, kind=body.kind)
    operation = await run_in_threadpool(start_backup, vado, environment, request)
    return await answer(vado, operation, wait_s, response)


@router.get("")
def listed(  # noqa: PLR0913, PLR0917 (each is a filter of the list)
    environment: TheEnvironment,
    state: BackupState | None = None,
    reason: Reason | None = None,
    kind: Kind | None = None,
    pinned: bool | None = None,  # noqa: FBT001 (a filter of the list)
    search: Annotated[str | None, Query(max_length=200)] = None,
    limit: Limit = 50,
    after: After = None,
) -> models.Page[backup_models.Backup]:
    """List backups, newest first."""
    wanted = BackupFilter(state=state, reason=reason, kind=kind, pinned=pinned, search=search)
    found = filter_backups(list_backups(environment), wanted)
    return page_of([backup.to_json() for backup in found], "id", limit, after)


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
    """Delete a backup for good; its id is the confirmation where one is asked for."""
    environment = environment_of_backup(vado, backup_id, "backup_delete")
    remove_backup(vado, environment, backup_id, confirmation)
