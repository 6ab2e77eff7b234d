"""Plans that were made."""

import json
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query

from vado.api import models, plan_models
from vado.api.context import PROBLEMS, After, Limit, TheVado
from vado.operations import now
from vado.preview import blockers_now

router = APIRouter(prefix="/api/plans", tags=["plans"], responses=PROBLEMS)


@router.get("")
def listed(
    vado: TheVado,
    environment: Annotated[str | None, Query(max_length=100)] = None,
    limit: Limit = 50,
    after: After = None,
) -> models.Page[plan_models.PlanSummary]:
    """List plans, newest first."""
    found = vado.plans.page(environment, limit, after)
    items = [
        plan_models.PlanSummary.model_validate({**json.loads(row["body"]), "state": row["state"]})
        for row in found.items
    ]
    return models.Page(items=items, next=found.next, total=found.total)


@router.get("/{plan_id}")
def one(plan_id: str, vado: TheVado) -> plan_models.Plan:
    """Read one plan."""
    return plan_models.Plan.model_validate(vado.plans.document(plan_id))


@router.get("/{plan_id}/blockers")
def in_the_way(plan_id: str, vado: TheVado) -> plan_models.Blockers:
    """Look again who is in the way of a plan."""
    plan = vado.plans.get(plan_id)
    found = blockers_now(vado.environment(plan.environment), plan)
    items = [plan_models.Blocker.model_validate(asdict(blocker)) for blocker in found]
    return plan_models.Blockers(checked_at=now(), items=items)
