"""Making a plan: judge the text, try it on a copy, compare, count what would be lost."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from vado.database import control_asked, gather
from vado.environments import Environment, identity_of
from vado.operations import Job, now
from vado.preview.blockers import find_blockers
from vado.preview.copies import original_of, roles_asked
from vado.preview.impact import count_losses
from vado.preview.patient import read_patiently
from vado.preview.plan import (
    Basis,
    Loss,
    Plan,
    PlannedMigration,
    changes_json,
    digest,
    new_plan_id,
    risk_json,
)
from vado.preview.rehearsal import CopyFailed, Outcome, Proposal, TargetRead, copy_at, rehearse
from vado.preview.requirements import requirements
from vado.preview.restored import restored
from vado.preview.reversal import (
    BUDGET_S,
    Reversible,
    has_way_back,
    not_tried,
    prove_reversals,
)
from vado.preview.violations import Violation, find_violations
from vado.risks import Facts, judge
from vado.schema import sizes_asked


def make_plan(environment: Environment, proposal: Proposal, job: Job) -> Plan:
    """Preview the proposal against the target, which is only read."""
    job.expect(_steps(proposal))
    job.step("read_catalogue")
    target = _read_target(environment, proposal, job)
    risks = _risks(proposal, target)
    outcome = rehearse(target, proposal, job)
    ways_back = _ways_back(target, proposal, outcome, risks, job)
    job.step("count_losses")
    losses, violations = _impact(environment, target, outcome, risks, job)
    destructive = any(r["destructive"] for r in risks) or any(
        c.destructive for c in outcome.changes
    )
    return Plan(
        plan_id=new_plan_id(),
        digest=digest(proposal.kind, target.basis, proposal.migrations),
        kind=proposal.kind,
        environment=environment.name,
        environment_class=environment.environment_class,
        database=environment.target.dbname,
        created_at=now(),
        basis=target.basis,
        migrations=tuple(_migration_json(m, ways_back) for m in proposal.migrations),
        statements=outcome.statements,
        risks=risks,
        changes=changes_json(outcome.changes),
        losses=losses,
        ddl=outcome.ddl,
        rehearsal=outcome.rehearsal,
        requires=requirements(environment, outcome.rehearsal, risks, destructive=destructive),
        fingerprint_after=outcome.fingerprint_after,
        out_of_order=proposal.out_of_order,
        creates_schemas=not target.initialised,
        blockers=_blockers(environment, proposal),
        violations=tuple(violation.to_json() for violation in violations),
    )


def _blockers(environment: Environment, proposal: Proposal) -> tuple[dict[str, Any], ...]:
    with environment.session(read_only=True) as session:
        return tuple(asdict(blocker) for blocker in find_blockers(session, proposal.migrations))


def _steps(proposal: Proposal) -> int:
    count = 4 + len(proposal.migrations)
    tried = [i for i, m in enumerate(proposal.migrations, 1) if has_way_back(m)]
    # Each migration up to the last with a way back is run once more.
    return count + tried[-1] if tried and proposal.kind == "up" else count


def _migration_json(
    migration: PlannedMigration, ways_back: Mapping[str, Reversible]
) -> dict[str, Any]:
    found = ways_back.get(migration.version)
    told = found.to_json() if found else None
    # Taking back what a half-done one did is proven by the rehearsal itself.
    key = "restored" if migration.way else "reversible"
    return {**migration.to_json(), "reversible": None, "restored": None, key: told}


def _ways_back(
    target: TargetRead,
    proposal: Proposal,
    outcome: Outcome,
    risks: Sequence[dict[str, Any]],
    job: Job,
) -> dict[str, Reversible]:
    """Try the ways back on a second copy, where the rehearsal has shown that *up* works."""
    if proposal.kind == "undo":
        return {m.version: restored(m, outcome.reached) for m in proposal.migrations[:1] if m.way}
    if proposal.kind != "up" or not any(has_way_back(m) for m in proposal.migrations):
        return {}
    place = outcome.rehearsal.place
    # The schema is enough for that, and rows take time to copy.
    place = "scratch" if place in {"branch", "copy", "backup"} else place
    if not outcome.rehearsal.ok or outcome.rehearsal.duration_ms > BUDGET_S * 1000:
        return not_tried(proposal.migrations, risks)
    try:
        with copy_at(place, target.original, job) as copy:
            return prove_reversals(copy, proposal.migrations, risks, job)
    except CopyFailed:
        return not_tried(proposal.migrations, risks)


def _read_target(environment: Environment, proposal: Proposal, job: Job) -> TargetRead:
    with environment.session(read_only=True) as session:
        catalogue = read_patiently(session, job)
        roles, sizes, initialised = gather(session, roles_asked(), sizes_asked(), control_asked())
        original = original_of(environment, session, catalogue, roles)
        basis = Basis(identity_of(session), proposal.ledger_digest, original.fingerprint)
        return TargetRead(catalogue, sizes, basis, original, initialised)


def _risks(proposal: Proposal, target: TargetRead) -> tuple[dict[str, Any], ...]:
    facts = Facts(target.catalogue, target.sizes, target.original.server_version)
    found = judge([m.script for m in proposal.migrations], facts)
    return tuple(risk_json(risk, proposal.migrations) for risk in found)


def _impact(
    environment: Environment,
    target: TargetRead,
    outcome: Outcome,
    risks: Sequence[dict[str, Any]],
    job: Job,
) -> tuple[tuple[Loss, ...], tuple[Violation, ...]]:
    """Look in the target for what the plan destroys, and for what stands in its way."""
    before, changes = target.catalogue, outcome.changes
    with environment.session(read_only=True) as session, job.on_cancel(session.cancel):
        losses = count_losses(session, before, changes, risks, job)
        if outcome.after is None:
            return losses, ()
        return losses, find_violations(session, before, outcome.after, changes, job)
