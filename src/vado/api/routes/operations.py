"""Operations: history, progress, cancel; and the audit log."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from vado.api import models, operation_models
from vado.api.context import PROBLEMS, After, Limit, TheVado
from vado.application import Vado
from vado.operations import verify_audit

router = APIRouter(prefix="/api", responses=PROBLEMS)
_POLL_S = 0.1
_ALIVE_EVERY_S = 15.0


@router.get("/operations", tags=["operations"])
def listed(  # noqa: PLR0913 (each is a filter of the list)
    vado: TheVado,
    environment: Annotated[str | None, Query(max_length=100)] = None,
    state: Annotated[str | None, Query(max_length=100)] = None,
    kind: Annotated[str | None, Query(max_length=100)] = None,
    limit: Limit = 50,
    after: After = None,
    *,
    own: bool = False,
) -> models.Page[operation_models.Operation]:
    """List operations, newest first; *state* may name several, comma between.

    *own* leaves out those that another process of Vado runs. Results come without their heavy
    parts (`changes`, `ddl`, `sql`, `tables` and the like): one operation has them.
    """
    found = vado.jobs.page(
        environment=environment, state=state, kind=kind, own=own, limit=limit, after=after
    )
    return models.Page[operation_models.Operation].model_validate(
        {"items": found.items, "next": found.next, "total": found.total}
    )


@router.get("/operations/{operation_id}", tags=["operations"])
def one(operation_id: str, vado: TheVado) -> operation_models.Operation:
    """Read one operation."""
    return operation_models.Operation.model_validate(vado.jobs.get(operation_id).to_json())


@router.get(
    "/operations/{operation_id}/events",
    tags=["operations"],
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}},
)
def events(operation_id: str, vado: TheVado) -> StreamingResponse:
    """Follow an operation: `operation` events on every change, `log` events, until it ended."""
    vado.jobs.get(operation_id)
    return StreamingResponse(_stream(vado, operation_id), media_type="text/event-stream")


async def _stream(vado: Vado, operation_id: str) -> AsyncIterator[str]:
    # Read from the state, so that operations of other processes can be followed as well.
    last, lines, told_at = "", 0, time.monotonic()
    while True:
        operation = vado.jobs.get(operation_id)
        for line in vado.jobs.log_of(operation_id, after=lines):
            lines += 1
            yield _event("log", json.dumps(line))
        text = json.dumps(operation.to_json())
        if text != last:
            last, told_at = text, time.monotonic()
            yield _event("operation", text)
        if operation.ended:
            return
        if time.monotonic() - told_at > _ALIVE_EVERY_S:
            told_at = time.monotonic()
            yield ": still here\n\n"
        await asyncio.sleep(_POLL_S)


def _event(name: str, data: str) -> str:
    return f"event: {name}\ndata: {data}\n\n"


@router.post("/operations/{operation_id}/cancel", status_code=202, tags=["operations"])
def cancelled(operation_id: str, vado: TheVado) -> operation_models.Operation:
    """Ask an operation to stop."""
    return operation_models.Operation.model_validate(vado.jobs.cancel(operation_id).to_json())


@router.get("/audit", tags=["audit"])
def audit(
    vado: TheVado,
    environment: Annotated[str | None, Query(max_length=100)] = None,
    limit: Limit = 50,
    after: Annotated[int | None, Query(ge=0)] = None,
) -> models.Page[operation_models.AuditEvent]:
    """List what was asked for and how it ended, newest first."""
    found = vado.state.page("audit", "id", limit, environment=environment, after=after)
    items = [
        operation_models.AuditEvent.model_validate({**row, "details": json.loads(row["details"])})
        for row in found.items
    ]
    return models.Page(items=items, next=found.next, total=found.total)


@router.get("/audit/verify", tags=["audit"])
def chain(vado: TheVado) -> operation_models.Chain:
    """Check that no entry of the audit log was changed or taken out."""
    report = verify_audit(vado.state)
    return operation_models.Chain(
        intact=report.intact, events=report.events, head=report.head, broken_at=report.broken_at
    )
