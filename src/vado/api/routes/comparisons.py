"""Comparisons: what makes one schema different from another, and the migration between them."""

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool

from vado.api import comparison_models, operation_models
from vado.api.context import PROBLEMS, TheEnvironment, TheVado, WaitSeconds, answer
from vado.application import Side, start_comparison

router = APIRouter(prefix="/api", tags=["comparisons"], responses=PROBLEMS)


@router.post("/comparisons", status_code=202)
async def compared(
    body: comparison_models.ComparisonRequest,
    vado: TheVado,
    environment: TheEnvironment,
    wait_s: WaitSeconds,
    response: Response,
) -> operation_models.Operation:
    """Compare the environment with another schema; the result has the SQL between them as well."""
    to = Side(body.to.kind, body.to.name)
    operation = await run_in_threadpool(
        start_comparison, vado, environment, to, tuple(body.renames), safe=body.safe
    )
    return await answer(vado, operation, wait_s, response)
