"""Making a plan: judge the text, try it on a copy, compare, count what would be lost."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from vado.database import control_installed
from vado.environments import Environment, identity_of
from vado.errors import Cancelled, RehearsalImpossible, VadoError
from vado.operations import Job, now
from vado.preview import limits
from vado.preview.blockers import find_blockers
from vado.preview.copies import Copy, Original, embedded_copy, scratch_copy, target_roles
from vado.preview.impact import count_losses
from vado.preview.names import touched
from vado.preview.plan import (
    Basis,
    Limit,
    Loss,
    Place,
    Plan,
    PlanKind,
    PlannedMigration,
    PlannedStatement,
    Rehearsal,
    changes_json,
    digest,
    new_plan_id,
    risk_json,
)
from vado.preview.requirements import requirements
from vado.preview.restored import Reached, restored, without_invalid
from vado.preview.reversal import (
    BUDGET_S,
    Reversible,
    has_way_back,
    not_tried,
    prove_reversals,
)
from vado.preview.run import run_plan, unrun_statements
from vado.preview.trace import Tracer
from vado.risks import Facts, judge
from vado.schema import (
    Catalogue,
    Change,
    TableSize,
    diff_same_database,
    fingerprint,
    read_catalogue,
    read_sizes,
    render_ddl,
)


@dataclass(frozen=True)
class Proposal:
    """What is to be previewed: the migrations in order, and the ledger they stand on."""

    migrations: tuple[PlannedMigration, ...]
    ledger_digest: str
    place: Place | None = None
    kind: PlanKind = "up"
    out_of_order: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Target:
    """The target as it was read at the start of a preview."""

    catalogue: Catalogue
    sizes: dict[str, TableSize]
    basis: Basis
    original: Original
    initialised: bool


@dataclass(frozen=True)
class _Outcome:
    """What a rehearsal brought."""

    rehearsal: Rehearsal
    statements: tuple[PlannedStatement, ...]
    changes: tuple[Change, ...]
    ddl: dict[str, str]
    fingerprint_after: str | None
    reached: Reached


def make_plan(environment: Environment, proposal: Proposal, job: Job) -> Plan:
    """Preview the proposal against the target, which is only read."""
    job.expect(_steps(proposal))
    job.step("read_catalogue")
    target = _read_target(environment, proposal)
    risks = _risks(proposal, target)
    outcome = _rehearse(target, proposal, job)
    ways_back = _ways_back(target, proposal, outcome, risks, job)
    job.step("count_losses")
    losses = _losses(environment, target, outcome, risks, job)
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
    target: _Target,
    proposal: Proposal,
    outcome: _Outcome,
    risks: Sequence[dict[str, Any]],
    job: Job,
) -> dict[str, Reversible]:
    """Try the ways back on a second copy, where the rehearsal has shown that *up* works."""
    if proposal.kind == "undo":
        return {m.version: restored(m, outcome.reached) for m in proposal.migrations[:1] if m.way}
    if proposal.kind != "up" or not any(has_way_back(m) for m in proposal.migrations):
        return {}
    place = outcome.rehearsal.place
    if not outcome.rehearsal.ok or outcome.rehearsal.duration_ms > BUDGET_S * 1000:
        return not_tried(proposal.migrations, risks)
    try:
        with _copy(place, target, job) as copy:
            return prove_reversals(copy, proposal.migrations, risks, job)
    except _CopyFailed:
        return not_tried(proposal.migrations, risks)


def _read_target(environment: Environment, proposal: Proposal) -> _Target:
    with environment.session(read_only=True) as session:
        catalogue = read_catalogue(session)
        print_ = fingerprint(catalogue)
        return _Target(
            catalogue,
            dict(read_sizes(session)),
            Basis(identity_of(session), proposal.ledger_digest, print_),
            Original(
                environment,
                print_,
                session.server_version,
                target_roles(session),
                tuple(item.identity.strip('"') for item in catalogue.of_kind("extension")),
            ),
            control_installed(session),
        )


def _risks(proposal: Proposal, target: _Target) -> tuple[dict[str, Any], ...]:
    facts = Facts(target.catalogue, target.sizes, target.original.server_version)
    found = judge([m.script for m in proposal.migrations], facts)
    return tuple(risk_json(risk, proposal.migrations) for risk in found)


def _rehearse(target: _Target, proposal: Proposal, job: Job) -> _Outcome:
    seen: list[Limit] = []
    places: tuple[Place, ...] = ("embedded", "scratch", "text")
    for place in places if proposal.place is None else (proposal.place,):
        if place == "text":
            return _text_only(proposal, seen)
        job.step("copy_structure")
        try:
            with _copy(place, target, job) as copy:
                return _run(copy, target, proposal, seen, job)
        except Cancelled:
            raise
        except _CopyFailed as failed:
            seen.append(_not_possible(place, failed.reason))
    raise RehearsalImpossible(
        f"the plan cannot be rehearsed here: {seen[-1].message}",
        hint="Leave the place to Vado, or choose another.",
    )


class _CopyFailed(Exception):
    """The copy could not be made; what happens inside it is never meant by this."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@contextmanager
def _copy(place: Place, target: _Target, job: Job) -> Iterator[Copy]:
    maker = embedded_copy if place == "embedded" else scratch_copy
    manager = maker(target.original, job)
    try:
        copy = manager.__enter__()
    except Cancelled:
        raise
    except VadoError as error:
        raise _CopyFailed(str(error.details.get("reason") or error.message)) from error
    try:
        yield copy
    except BaseException as error:
        manager.__exit__(type(error), error, error.__traceback__)
        raise
    manager.__exit__(None, None, None)


def _not_possible(place: Place, reason: str) -> Limit:
    known = {
        "embedded": limits.embedded_not_possible,
        "scratch": limits.scratch_not_possible,
    }
    return known[place](reason)


def _text_only(proposal: Proposal, seen: Sequence[Limit]) -> _Outcome:
    rehearsal = Rehearsal(
        place="text",
        ok=False,
        limits=(*seen, limits.text_only()),
        duration_ms=0,
        server_version=None,
        error=None,
    )
    statements = unrun_statements(proposal.migrations)
    nothing = Reached(None, faithful=False)
    return _Outcome(rehearsal, statements, (), {"before": "", "after": ""}, None, nothing)


def _run(
    copy: Copy, target: _Target, proposal: Proposal, seen: Sequence[Limit], job: Job
) -> _Outcome:
    before = read_catalogue(copy.session)
    begun = time.perf_counter()
    result = run_plan(copy, proposal.migrations, job, Tracer(copy.session, before))
    spent = round((time.perf_counter() - begun) * 1000)
    job.step("compare")
    after = read_catalogue(copy.session)
    changes = diff_same_database(before, after)
    print_ = fingerprint(after)
    return _Outcome(
        Rehearsal(
            place=copy.place,
            ok=result.error is None,
            limits=(*seen, *copy.limits, *_faithful(before, target), *result.limits),
            duration_ms=spent,
            server_version=_version(copy.session.server_version),
            error=result.error,
        ),
        result.statements,
        changes,
        _ddl(before, after, changes),
        print_ if result.error is None else None,
        _reached(result.taken_back, before, target),
    )


def _reached(taken_back: str | None, before: Catalogue, target: _Target) -> Reached:
    if taken_back is None:
        return Reached(None, faithful=False)
    dumped = fingerprint(without_invalid(target.catalogue))
    return Reached(taken_back, faithful=dumped == fingerprint(before))


def _faithful(before: Catalogue, target: _Target) -> tuple[Limit, ...]:
    """Say so when the copy is not what the target is; across majors only models can be equal."""
    same_major = before.server_version // 10000 == target.original.server_version // 10000
    if same_major and fingerprint(before) != target.basis.fingerprint:
        return (limits.copy_differs(),)
    return ()


def _ddl(before: Catalogue, after: Catalogue, changes: Sequence[Change]) -> dict[str, str]:
    shown_before, shown_after = touched(before, after, changes)
    return {
        "before": render_ddl(before, only=shown_before),
        "after": render_ddl(after, only=shown_after),
    }


def _version(number: int) -> str:
    return f"{number // 10000}.{number % 10000}"


def _losses(
    environment: Environment,
    target: _Target,
    outcome: _Outcome,
    risks: Sequence[dict[str, Any]],
    job: Job,
) -> tuple[Loss, ...]:
    with environment.session(read_only=True) as session, job.on_cancel(session.cancel):
        return count_losses(session, target.catalogue, outcome.changes, risks, job)
