"""Databases that live at Neon: where, what was left there, and the last step of a restore."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from fastapi.concurrency import run_in_threadpool

from vado.api import neon_models, operation_models, restore_models
from vado.api.context import PROBLEMS, TheEnvironment, TheVado, WaitSeconds, answer
from vado.application import (
    environment_of_backup,
    remove_orphan,
    start_abandon,
    start_finalize,
)
from vado.backups import neon_status

router = APIRouter(prefix="/api", tags=["neon"], responses=PROBLEMS)


@router.get("/neon")
def status(environment: TheEnvironment) -> neon_models.Neon:
    """Tell where the database lives at Neon; 404 when it does not."""
    return neon_models.Neon.model_validate(neon_status(environment).to_json())


@router.delete("/neon/orphans/{branch_id}", status_code=204)
def removed(
    branch_id: Annotated[str, Path(max_length=100)], vado: TheVado, environment: TheEnvironment
) -> None:
    """Delete a branch that Vado made and nothing needs any more."""
    remove_orphan(vado, environment, branch_id)


@router.post("/backups/{backup_id}/finalize", status_code=202)
async def finalized(
    backup_id: str,
    body: restore_models.Confirmed,
    vado: TheVado,
    wait_s: WaitSeconds,
    response: Response,
) -> operation_models.Operation:
    """Put the branch that was looked at in the place of the database's."""
    environment = await run_in_threadpool(environment_of_backup, vado, backup_id, "finalize")
    operation = await run_in_threadpool(
        start_finalize, vado, environment, backup_id, body.confirmation
    )
    return await answer(vado, operation, wait_s, response)


@router.post("/backups/{backup_id}/abandon", status_code=202)
async def abandoned(
    backup_id: str, vado: TheVado, wait_s: WaitSeconds, response: Response
) -> operation_models.Operation:
    """Delete the branch that was looked at; the database stays as it is."""
    environment = await run_in_threadpool(environment_of_backup, vado, backup_id, "abandon")
    operation = await run_in_threadpool(start_abandon, vado, environment, backup_id)
    return await answer(vado, operation, wait_s, response)
