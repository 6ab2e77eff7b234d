"""What a route gets handed: the running Vado, an environment, a page of a list, `Prefer: wait`."""

import asyncio
import re
import time
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Depends, Header, Query, Request, Response

from vado.api.models import Page, Problem
from vado.api.operation_models import Operation
from vado.application import Vado
from vado.environments import Environment
from vado.operations import Operation as OperationRecord

_MAX_WAIT_S = 60
_POLL_S = 0.05

PROBLEMS: dict[int | str, dict[str, Any]] = {
    code: {"model": Problem} for code in (401, 403, 404, 409, 413, 421, 422, 429, 500, 502)
}


def _vado(request: Request) -> Vado:
    vado: Vado = request.app.state.vado
    return vado


TheVado = Annotated[Vado, Depends(_vado)]


def _environment(
    vado: TheVado, environment: Annotated[str | None, Query(max_length=100)] = None
) -> Environment:
    return vado.environment(environment)


TheEnvironment = Annotated[Environment, Depends(_environment)]
Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[str | None, Query(max_length=100)]


def page_of(items: Sequence[dict[str, Any]], key: str, limit: int, after: str | None) -> Page[Any]:
    """Cut one page out of a list that is in memory; *key* is the cursor's field."""
    start = 0
    if after is not None:
        start = next((i + 1 for i, item in enumerate(items) if item[key] == after), len(items))
    part = list(items[start : start + limit])
    more = part[-1][key] if start + limit < len(items) else None
    return Page(items=part, next=more, total=len(items))


def _wait_s(prefer: Annotated[str | None, Header()] = None) -> float:
    match = re.search(r"\bwait\s*=\s*(\d{1,5})\b", prefer or "")
    return min(int(match[1]), _MAX_WAIT_S) if match else 0


WaitSeconds = Annotated[float, Depends(_wait_s)]


async def answer(
    vado: Vado, operation: OperationRecord, wait_s: float, response: Response
) -> Operation:
    """Answer with an operation: 200 once it ended within the wait, else 202."""
    deadline = time.monotonic() + wait_s
    while not operation.ended and time.monotonic() < deadline:
        await asyncio.sleep(_POLL_S)
        operation = vado.jobs.get(operation.id)
    response.status_code = 200 if operation.ended and wait_s else 202
    response.headers["location"] = f"/api/operations/{operation.id}"
    return Operation.model_validate(operation.to_json())
