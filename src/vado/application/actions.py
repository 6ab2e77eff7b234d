"""What is done with migrations: previews, applies, baselines and repairs run as operations.

Each that changes a database, or tells what would change, first makes sure that it is the right one.
"""

from typing import TYPE_CHECKING

# Each room loads what an action asks it for: an apply needs nothing that previews.
from vado import migrations
from vado.application.confirmation import require_word
from vado.application.vado import Vado
from vado.environments import Environment
from vado.operations import Job, Operation, Request

if TYPE_CHECKING:
    from vado.migrations import (
        ApplyRequest,
        BaselineRequest,
        MarkWanted,
        RepairRequest,
        UndoWanted,
        Wanted,
    )


def start_preview(vado: Vado, environment: Environment, wanted: "Wanted") -> Operation:
    """Preview what is pending; the result is `{plan_id}`."""

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        plan = migrations.preview_pending(environment, wanted, job)
        vado.plans.add(plan)
        return {"plan_id": plan.plan_id}

    return vado.start(Request("dry_run", environment.name, wanted.to), work)


def start_undo(vado: Vado, environment: Environment, wanted: "UndoWanted") -> Operation:
    """Preview the way back; the result is `{plan_id}`."""

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        plan = migrations.preview_undo(environment, wanted, job)
        vado.plans.add(plan)
        return {"plan_id": plan.plan_id}

    return vado.start(Request("dry_run", environment.name, wanted.to), work)


def start_mark(vado: Vado, environment: Environment, wanted: "MarkWanted") -> Operation:
    """Preview what the ledger will say; the result is `{plan_id}`."""

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        plan = migrations.preview_mark(environment, wanted, job)
        vado.plans.add(plan)
        return {"plan_id": plan.plan_id}

    return vado.start(Request("dry_run", environment.name, wanted.version), work)


def start_apply(vado: Vado, environment: Environment, request: "ApplyRequest") -> Operation:
    """Apply a plan; what stands in the way is raised at once and written down."""
    asked = Request("apply", environment.name, request.plan.plan_id)
    with vado.asking(asked):
        migrations.check_plan(environment, request, vado.plans)
    return vado.start(
        asked, lambda job: migrations.apply_plan(environment, request, vado.plans, job)
    )


def start_baseline(vado: Vado, environment: Environment, request: "BaselineRequest") -> Operation:
    """Begin on a database that has a schema already; the result is the report."""

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        return migrations.take_baseline(environment, request, job)

    return vado.start(Request("baseline", environment.name, request.name), work)


def start_repair(
    vado: Vado, environment: Environment, request: "RepairRequest", confirmation: str | None
) -> Operation:
    """Fix the record of a migration, or restore its file; the schema stays as it is."""
    asked = Request("repair", environment.name, request.version)
    if request.action == "fix_record" and environment.policy.confirmation:
        with vado.asking(asked):
            require_word(environment, confirmation, "fixing the record changes the ledger")

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        return migrations.repair_migration(environment, request, job)

    return vado.start(asked, work)
