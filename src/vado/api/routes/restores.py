"""Restores: looked at first, done, taken back, and what they kept."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from fastapi.concurrency import run_in_threadpool

from vado.api import operation_models, restore_models
from vado.api.context import PROBLEMS, TheEnvironment, TheVado, WaitSeconds, answer
from vado.application import (
    environment_of_backup,
    remove_previous,
    start_restore,
    start_restore_preview,
    start_undo_restore,
)
from vado.backups import RestoreRequest, previous_databases

router = APIRouter(prefix="/api", tags=["restores"], responses=PROBLEMS)


@router.post("/backups/{backup_id}/compare", status_code=202)
async def looked_at(
    backup_id: str, vado: TheVado, wait_s: WaitSeconds, response: Response
) -> operation_models.Operation:
    """Compare the database with a backup: what a restore would bring back, and what it would lose.

    The result has schema and rows now and then, writes since, and how it could be restored.
    """
    environment = await run_in_threadpool(environment_of_backup, vado, backup_id, "restore_preview")
    operation = await run_in_threadpool(start_restore_preview, vado, environment, backup_id)
    return await answer(vado, operation, wait_s, response)


@router.post("/backups/restore", status_code=202)
async def restored(
    body: restore_models.Restore, vado: TheVado, wait_s: WaitSeconds, response: Response
) -> operation_models.Operation:
    """Put a backup in the place of its database, or some of it beside."""
    environment = await run_in_threadpool(environment_of_backup, vado, body.backup_id, "restore")
    request = RestoreRequest(
        body.backup_id,
        body.confirmation,
        mode=body.mode,
        tables=tuple(body.tables),
        schema=body.schema_name,
    )
    operation = await run_in_threadpool(start_restore, vado, environment, request)
    return await answer(vado, operation, wait_s, response)


@router.get("/restores")
def kept(environment: TheEnvironment) -> restore_models.PreviousDatabases:
    """List the databases that restores have kept, newest first."""
    found = [database.to_json() for database in previous_databases(environment)]
    return restore_models.PreviousDatabases.model_validate({"items": found})


@router.post("/restores/undo", status_code=202)
async def undone(
    body: restore_models.UndoRestore,
    vado: TheVado,
    environment: TheEnvironment,
    wait_s: WaitSeconds,
    response: Response,
) -> operation_models.Operation:
    """Give a kept database its name again; the present one is kept in turn."""
    operation = await run_in_threadpool(
        start_undo_restore, vado, environment, body.database, body.confirmation
    )
    return await answer(vado, operation, wait_s, response)


@router.delete("/restores/{database}", status_code=204)
def removed(
    database: Annotated[str, Path(max_length=100)],
    vado: TheVado,
    environment: TheEnvironment,
    confirmation: Annotated[str | None, Query(max_length=100)] = None,
) -> None:
    """Drop a kept database for good; its name is the confirmation."""
    remove_previous(vado, environment, database, confirmation)
