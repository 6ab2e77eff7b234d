"""Adoption: a database is taken over from another migration tool."""

from pathlib import Path

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import Field

from vado.api import models, operation_models
from vado.api.context import PROBLEMS, TheEnvironment, TheVado, WaitSeconds, answer
from vado.application import Vado, start_adopt
from vado.errors import Refused
from vado.migrations import AdoptRequest

router = APIRouter(prefix="/api/migrations", tags=["migrations"], responses=PROBLEMS)


class Adoption(models.Request):
    """Which project of another tool is to be adopted; nothing given means: find out."""

    tool: str | None = Field(default=None, max_length=100)
    folder: str | None = Field(default=None, max_length=1000)
    dry_run: bool = False
    accept_differences: bool = False


@router.post("/adopt", status_code=202)
async def adopted(
    body: Adoption,
    vado: TheVado,
    environment: TheEnvironment,
    wait_s: WaitSeconds,
    response: Response,
) -> operation_models.Operation:
    """Prove and adopt; the operation's result is the report, also when it was refused."""
    # The click on "adopt" is the consent to create Vado's own schemas.
    request = AdoptRequest(
        _inside(vado, body.folder or "."),
        tool=body.tool,
        dry_run=body.dry_run,
        accept_differences=body.accept_differences,
        consent=True,
    )
    operation = await run_in_threadpool(start_adopt, vado, environment, request)
    return await answer(vado, operation, wait_s, response)


def _inside(vado: Vado, folder: str) -> Path:
    """Refuse to read folders that are not the project's: the page has no business there."""
    project = vado.settings.project_folder.resolve()
    found = (project / folder).resolve()
    if not found.is_relative_to(project):
        raise Refused(
            f"{folder} is outside of the project", hint="`vado adopt --from` reads any folder."
        )
    return found
