"""How backups are kept: retention, lost records, dumps of other origin, the schedule."""

from pathlib import Path

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool

from vado.api import backup_models, operation_models
from vado.api.context import PROBLEMS, TheEnvironment, TheVado, WaitSeconds, answer
from vado.application import adopt_backups, next_runs, prune_backups, start_import
from vado.backups import described_store, get_backup, list_backups, plan_retention

router = APIRouter(prefix="/api/backups", tags=["backups"], responses=PROBLEMS)


@router.get("/retention")
def planned(environment: TheEnvironment) -> backup_models.RetentionPlan:
    """Tell what the rules of retention would keep and delete now; nothing is deleted."""
    plan = plan_retention(environment).to_json()
    known = {backup.id: backup.to_json() for backup in list_backups(environment)}
    # Ids alone would tell nobody what is about to go.
    plan["delete"] = [{**known.get(doomed["id"], {}), **doomed} for doomed in plan["delete"]]
    return backup_models.RetentionPlan.model_validate(plan)


@router.post("/retention")
def pruned(
    body: backup_models.ToDelete, vado: TheVado, environment: TheEnvironment
) -> backup_models.Deleted:
    """Delete what the plan named, as long as it is still the plan."""
    return backup_models.Deleted(deleted=list(prune_backups(vado, environment, body.ids)))


@router.post("/adopt")
def adopted(vado: TheVado, environment: TheEnvironment) -> backup_models.Adopted:
    """List files beside the backups again whose record was lost."""
    report = adopt_backups(vado, environment)
    return backup_models.Adopted.model_validate(report.to_json())


@router.post("/import", status_code=202)
async def imported(
    body: backup_models.DumpToImport,
    vado: TheVado,
    environment: TheEnvironment,
    wait_s: WaitSeconds,
    response: Response,
) -> operation_models.Operation:
    """Take a dump of another origin among the backups, in quarantine; the result has its id."""
    operation = await run_in_threadpool(start_import, vado, environment, Path(body.path))
    return await answer(vado, operation, wait_s, response)


@router.get("/store")
def kept_in(environment: TheEnvironment) -> backup_models.BackupStore:
    """Tell where backups are kept, and whether that could be reached when it was last looked at."""
    return backup_models.BackupStore.model_validate(described_store(environment))


@router.get("/schedule")
def scheduled(vado: TheVado) -> backup_models.BackupSchedule:
    """Tell when which environment takes its next backup by itself, while Vado runs."""
    items = [
        {
            "environment": name,
            "cron": run["cron"],
            "next_at": run["next_at"],
            "last": get_backup(vado.environment(name), run["last_id"]).to_json()
            if run["last_id"]
            else None,
        }
        for name, run in next_runs(vado).items()
    ]
    return backup_models.BackupSchedule.model_validate({"items": items})
