"""Plans that run no SQL: they only say what the ledger will hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from vado.environments import Environment, identity_of
from vado.operations import Job, now
from vado.preview.limits import nothing_to_run
from vado.preview.patient import read_patiently
from vado.preview.plan import (
    Basis,
    Plan,
    PlanKind,
    PlannedMigration,
    Rehearsal,
    digest,
    new_plan_id,
)
from vado.preview.requirements import requirements_of_record
from vado.schema import fingerprint


def make_record_plan(
    environment: Environment,
    kind: PlanKind,
    migrations: Sequence[PlannedMigration],
    ledger_digest: str,
    record: Sequence[Mapping[str, Any]],
    job: Job,
) -> Plan:
    """Return a plan that changes rows of the ledger, as *record* says, and nothing else."""
    with environment.session(read_only=True) as session:
        print_ = fingerprint(read_patiently(session, job))
        basis = Basis(identity_of(session), ledger_digest, print_)
    rehearsal = Rehearsal(
        place="text",
        ok=True,
        limits=(nothing_to_run(),),
        duration_ms=0,
        server_version=None,
        error=None,
    )
    return Plan(
        plan_id=new_plan_id(),
        digest=digest(kind, basis, migrations),
        kind=kind,
        environment=environment.name,
        environment_class=environment.environment_class,
        database=environment.target.dbname,
        created_at=now(),
        basis=basis,
        migrations=tuple({**m.to_json(), "reversible": None} for m in migrations),
        statements=(),
        risks=(),
        changes=(),
        losses=(),
        ddl={"before": "", "after": ""},
        rehearsal=rehearsal,
        requires=requirements_of_record(environment),
        fingerprint_after=print_,
        record=tuple(record),
    )
