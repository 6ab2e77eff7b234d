"""Drift: looked for as an operation, and taken into the folder as a migration."""

from typing import Any

from vado.application.comparison import Order, generate_migration
from vado.application.sources import Source
from vado.application.vado import Vado
from vado.environments import Environment
from vado.migrations import (
    MarkWanted,
    create_migration,
    find_drift,
    implied_scripts,
    preview_mark,
)
from vado.operations import Job, Operation, Request
from vado.sql import parse_script


def start_drift(vado: Vado, environment: Environment) -> Operation:
    """Compare the live schema with what the ledger implies; the result is the report."""

    def work(job: Job) -> dict[str, object]:
        vado.recognise(environment)
        return find_drift(environment, job).to_json()

    return vado.start(Request("drift", environment.name), work)


def _drift_as_migration(vado: Vado, environment: Environment) -> dict[str, Any]:
    """Return the comparison of the ledger's schema with the live one, and the migration between.

    Raises DriftUnknown where the ledger implies no schema.
    """
    vado.recognise(environment)
    implied = Source("ledger", environment.name, scripts=implied_scripts(environment))
    live = Source("database", environment.name, environment.target)
    return generate_migration(vado, Order(implied, live))


def start_drift_adoption(vado: Vado, environment: Environment, name: str) -> Operation:
    """Write what drifted as a migration, with the plan that marks it as applied.

    The result is `{equal, complete, sql, cannot, left, version, name, file, plan_id}`; the last
    four are None, and nothing is written, where there is no drift or the SQL is not proven.
    """

    def work(job: Job) -> dict[str, Any]:
        job.step("compare")
        found = _drift_as_migration(vado, environment)
        report = {key: found[key] for key in ("equal", "complete", "sql", "cannot")}
        report["left"] = found["proof"]["left"]
        nothing = dict.fromkeys(("version", "name", "file", "plan_id"))
        if found["equal"] or not found["complete"]:
            return report | nothing
        return report | _written(vado, environment, name, found["sql"], job)

    return vado.start(Request("drift_adopt", environment.name, name), work)


def _written(
    vado: Vado, environment: Environment, name: str, sql: str, job: Job
) -> dict[str, str | None]:
    job.step("record")
    alone = any(not statement.transactional for statement in parse_script(sql).statements)
    folder = environment.migrations_folder
    migration = create_migration(folder, name, up=sql, transaction=not alone)
    plan = preview_mark(environment, MarkWanted(migration.version, "applied"), job)
    vado.plans.add(plan)
    return {
        "version": migration.version,
        "name": migration.name,
        "file": migration.path.name,
        "plan_id": plan.plan_id,
    }
