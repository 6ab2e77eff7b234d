"""Drift: what the live schema has otherwise than the ledger implies."""

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool

from vado.api import comparison_models, operation_models
from vado.api.context import PROBLEMS, TheEnvironment, TheVado, WaitSeconds, answer
from vado.application import start_drift, start_drift_adoption

router = APIRouter(prefix="/api", tags=["database"], responses=PROBLEMS)


@router.post("/drift", status_code=202)
async def looked_for(
    vado: TheVado, environment: TheEnvironment, wait_s: WaitSeconds, response: Response
) -> operation_models.Operation:
    """Compare the live schema with what the ledger implies; the result is the report."""
    operation = await run_in_threadpool(start_drift, vado, environment)
    return await answer(vado, operation, wait_s, response)


@router.post("/drift/adopt", status_code=202)
async def adopted(
    body: comparison_models.DriftAdoption,
    vado: TheVado,
    environment: TheEnvironment,
    wait_s: WaitSeconds,
    response: Response,
) -> operation_models.Operation:
    """Write what drifted as a migration, proven, with the plan that marks it as applied."""
    operation = await run_in_threadpool(start_drift_adoption, vado, environment, body.name)
    return await answer(vado, operation, wait_s, response)
