"""Migrations: list, create, read, save, judge, preview, apply."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response
from fastapi.concurrency import run_in_threadpool

from vado.api import migration_models, models, operation_models, plan_models, wanted_models
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
    judge_text,
    list_migrations,
    new_migration,
    proposed_way_back,
    read_migration,
    remove_migration,
    save_text,
    start_apply,
    start_baseline,
    start_mark,
    start_preview,
    start_repair,
    start_undo,
)
from vado.errors import PlanRequired
from vado.migrations import (
    ApplyRequest,
    BaselineRequest,
    MarkWanted,
    RepairRequest,
    UndoWanted,
    Waits,
    Wanted,
)

router = APIRouter(prefix="/api/migrations", tags=["migrations"], responses=PROBLEMS)
_Version = Annotated[str, Path(pattern=r"^\d{1,20}$")]
_QUICK_S = 20.0
_State = Literal[
    "pending", "applied", "partial", "edited", "missing", "out_of_order", "baseline", "undone"
]


@router.get("")
def listed(
    environment: TheEnvironment,
    state: _State | None = None,
    search: Annotated[str, Query(max_length=200)] = "",
    limit: Limit = 50,
    after: After = None,
) -> models.Page[migration_models.Migration]:
    """List migrations with their states, newest first."""
    found = [
        item
        for item in list_migrations(environment)
        if state in {None, item["state"]}
        and search.lower() in f"{item['version']}_{item['name']}".lower()
    ]
    return page_of(found, "version", limit, after)


@router.post("", status_code=201)
def created(
    body: migration_models.NewMigration, vado: TheVado, environment: TheEnvironment
) -> migration_models.Migration:
    """Create a migration; broken SQL is saved all the same, with diagnostics."""
    made = new_migration(vado, environment, body.name, body.up, body.down)
    return migration_models.Migration.model_validate(made)


@router.post("/validate")
def validated(body: migration_models.Text) -> migration_models.Diagnostics:
    """Judge a text: errors and risks with their places."""
    return migration_models.Diagnostics.model_validate(
        {
            "diagnostics": judge_text(body.text),
            "proposed_down": proposed_way_back(body.text) if body.propose_down else None,
        }
    )


@router.post("/try")
def tried(
    body: plan_models.TryText, vado: TheVado, environment: TheEnvironment
) -> plan_models.Tried:
    """Try a text on a copy that is kept warm, and take it back: for the editor."""
    found = vado.live.attempt(environment, body.text, body.version)
    return plan_models.Tried.model_validate(found)


@router.get(
    "/diff", response_model=plan_models.Diff, responses={202: {"model": operation_models.Operation}}
)
async def diff(
    vado: TheVado,
    environment: TheEnvironment,
    response: Response,
    to: Annotated[str | None, Query(pattern=r"^\d{1,20}$")] = None,
) -> Any:  # noqa: ANN401 (one of two models; both are in the description)
    """Compare the current schema with the one after the pending migrations."""
    operation = await run_in_threadpool(start_preview, vado, environment, Wanted(to))
    shown = await answer(vado, operation, _QUICK_S, response)
    if shown.state != "succeeded" or shown.result is None:
        if shown.error is not None:
            return _problem_of(shown)
        return Response(
            shown.model_dump_json(), 202, media_type="application/json", headers=response.headers
        )
    plan = vado.plans.document(shown.result["plan_id"])
    plan["versions"] = [m["version"] for m in plan["migrations"]]
    return plan_models.Diff.model_validate(plan)


def _problem_of(operation: operation_models.Operation) -> Response:
    text = operation.error.model_dump_json() if operation.error else "{}"
    return Response(text, 409, media_type="application/problem+json")


@router.post("/dry-run", status_code=202)
async def dry_run(
    body: wanted_models.DryRun,
    vado: TheVado,
    environment: TheEnvironment,
    wait_s: WaitSeconds,
    response: Response,
) -> operation_models.Operation:
    """Rehearse what is pending; the operation's result is `{plan_id}`."""
    wanted = Wanted(body.to, body.place, out_of_order=body.out_of_order)
    operation = await run_in_threadpool(start_preview, vado, environment, wanted)
    return await answer(vado, operation, wait_s, response)


@router.post("/undo", status_code=202)
async def undone(
    body: wanted_models.Undo,
    vado: TheVado,
    environment: TheEnvironment,
    wait_s: WaitSeconds,
    response: Response,
) -> operation_models.Operation:
    """Rehearse the way back; the operation's result is `{plan_id}`, for `apply`."""
    wanted = UndoWanted(body.to, body.place, body.version, body.way)
    operation = await run_in_threadpool(start_undo, vado, environment, wanted)
    return await answer(vado, operation, wait_s, response)


@router.post("/baseline", status_code=202)
async def begun(
    body: wanted_models.Baseline,
    vado: TheVado,
    environment: TheEnvironment,
    wait_s: WaitSeconds,
    response: Response,
) -> operation_models.Operation:
    """Write the schema that is there as the first migration, once that is proven to make it."""
    request = BaselineRequest(body.name, dry_run=body.dry_run, consent=True)
    operation = await run_in_threadpool(start_baseline, vado, environment, request)
    return await answer(vado, operation, wait_s, response)


@router.post("/mark", status_code=202)
async def marked(
    body: wanted_models.Mark,
    vado: TheVado,
    environment: TheEnvironment,
    wait_s: WaitSeconds,
    response: Response,
) -> operation_models.Operation:
    """Say what the ledger would hold; the operation's result is `{plan_id}`, for `apply`."""
    wanted = MarkWanted(body.version, body.mark)
    operation = await run_in_threadpool(start_mark, vado, environment, wanted)
    return await answer(vado, operation, wait_s, response)


@router.post("/apply", status_code=202)
async def applied(
    body: wanted_models.Apply, vado: TheVado, wait_s: WaitSeconds, response: Response
) -> operation_models.Operation:
    """Apply a plan, never SQL."""
    if body.plan_id is None:
        raise PlanRequired("apply takes a plan", hint="Make one: POST /api/migrations/dry-run.")
    plan = await run_in_threadpool(vado.plans.get, body.plan_id)
    # The click on "apply" is the consent to create Vado's own schemas.
    request = ApplyRequest(
        plan,
        body.confirmation,
        tuple(body.accepted_risks),
        consent=True,
        waits=Waits(another_vado_s=body.wait_s),
    )
    environment = vado.environment(plan.environment)
    operation = await run_in_threadpool(start_apply, vado, environment, request)
    return await answer(vado, operation, wait_s, response)


@router.get("/{version}")
def one(version: _Version, environment: TheEnvironment) -> migration_models.MigrationText:
    """Read one migration with its text."""
    return migration_models.MigrationText.model_validate(read_migration(environment, version))


@router.post("/{version}/repair", status_code=202)
async def repaired(
    version: _Version,
    body: wanted_models.Repair,
    vado: TheVado,
    environment: TheEnvironment,
    wait_s: WaitSeconds,
    response: Response,
) -> operation_models.Operation:
    """Take an edited file into the record, or write it back from there; the schema stays."""
    request = RepairRequest(version, body.action, body.checksum)
    operation = await run_in_threadpool(start_repair, vado, environment, request, body.confirmation)
    return await answer(vado, operation, wait_s, response)


@router.put("/{version}")
def saved(
    version: _Version,
    body: migration_models.SaveMigration,
    vado: TheVado,
    environment: TheEnvironment,
) -> migration_models.Migration:
    """Save the text of a migration that is not applied."""
    found = save_text(vado, environment, version, body.text, body.checksum)
    return migration_models.Migration.model_validate(found)


@router.delete("/{version}", status_code=204)
def deleted(version: _Version, vado: TheVado, environment: TheEnvironment) -> None:
    """Delete the file of a migration that is not applied."""
    remove_migration(vado, environment, version)
