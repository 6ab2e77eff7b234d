"""Trying a plan at the best place that can be had: the schema before, each statement, and after."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from vado.errors import Cancelled, RehearsalImpossible, VadoError
from vado.operations import Job
from vado.preview import limits
from vado.preview.branches import branch_copy
from vado.preview.copies import Copy, Original, embedded_copy, scratch_copy
from vado.preview.data_copies import backup_copy, database_copy
from vado.preview.estimate import with_estimates
from vado.preview.names import touched
from vado.preview.plan import (
    Basis,
    Limit,
    Place,
    PlanKind,
    PlannedMigration,
    PlannedStatement,
    Rehearsal,
    WantedPlace,
)
from vado.preview.restored import Reached, without_invalid
from vado.preview.run import run_plan, unrun_statements
from vado.preview.trace import Tracer
from vado.schema import (
    Catalogue,
    Change,
    TableSize,
    diff_same_database,
    fingerprint,
    read_catalogue,
    render_ddl,
)

_ORDER: Mapping[WantedPlace | None, tuple[Place, ...]] = {
    None: ("embedded", "scratch", "text"),
    "data": ("branch", "copy", "backup"),
    "embedded": ("embedded",),
    "scratch": ("scratch",),
    "branch": ("branch",),
    "copy": ("copy",),
    "backup": ("backup",),
    "text": ("text",),
}
_MAKERS: Mapping[Place, Callable[[Original, Job], AbstractContextManager[Copy]]] = {
    "embedded": embedded_copy,
    "scratch": scratch_copy,
    "branch": branch_copy,
    "copy": database_copy,
    "backup": backup_copy,
}
_NOT_POSSIBLE: Mapping[Place, Callable[[str], Limit]] = {
    "embedded": limits.embedded_not_possible,
    "scratch": limits.scratch_not_possible,
    "branch": limits.branch_not_possible,
    "copy": limits.copy_not_possible,
    "backup": limits.backup_not_possible,
}


@dataclass(frozen=True)
class Proposal:
    """What is to be previewed: the migrations in order, and the ledger they stand on."""

    migrations: tuple[PlannedMigration, ...]
    ledger_digest: str
    place: WantedPlace | None = None
    kind: PlanKind = "up"
    out_of_order: tuple[str, ...] = ()


@dataclass(frozen=True)
class TargetRead:
    """The target as it was read at the start of a preview."""

    catalogue: Catalogue
    sizes: dict[str, TableSize]
    basis: Basis
    original: Original
    initialised: bool


@dataclass(frozen=True)
class Outcome:
    """What a rehearsal brought."""

    rehearsal: Rehearsal
    statements: tuple[PlannedStatement, ...]
    changes: tuple[Change, ...]
    ddl: dict[str, str]
    fingerprint_after: str | None
    reached: Reached
    after: Catalogue | None = None


def rehearse(target: TargetRead, proposal: Proposal, job: Job) -> Outcome:
    """Run the proposal at the first place that can be had, of those that were asked for."""
    seen: list[Limit] = []
    for place in _places(target, proposal):
        if place == "text":
            return _text_only(proposal, seen)
        job.step("copy_structure")
        try:
            with copy_at(place, target.original, job) as copy:
                return _run(copy, target, proposal, seen, job)
        except Cancelled:
            raise
        except CopyFailed as failed:
            seen.append(_NOT_POSSIBLE[place](failed.reason))
    raise RehearsalImpossible(
        f"the plan cannot be rehearsed here: {seen[-1].message}",
        hint="Leave the place to Vado, or choose another.",
    )


def _places(target: TargetRead, proposal: Proposal) -> tuple[Place, ...]:
    order = _ORDER[proposal.place]
    if proposal.place == "data" and target.original.environment.neon is None:
        return tuple(place for place in order if place != "branch")
    return order


class CopyFailed(Exception):
    """The copy could not be made; what happens inside it is never meant by this."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@contextmanager
def copy_at(place: Place, original: Original, job: Job) -> Iterator[Copy]:
    """Make the copy that the block works on; CopyFailed is never about the block itself."""
    manager = _MAKERS[place](original, job)
    try:
        copy = manager.__enter__()
    except Cancelled:
        raise
    except VadoError as error:
        raise CopyFailed(str(error.details.get("reason") or error.message)) from error
    try:
        yield copy
    except BaseException as error:
        manager.__exit__(type(error), error, error.__traceback__)
        raise
    manager.__exit__(None, None, None)


def _text_only(proposal: Proposal, seen: Sequence[Limit]) -> Outcome:
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
    return Outcome(rehearsal, statements, (), {"before": "", "after": ""}, None, nothing)


def _run(
    copy: Copy, target: TargetRead, proposal: Proposal, seen: Sequence[Limit], job: Job
) -> Outcome:
    before = read_catalogue(copy.session)
    begun = time.perf_counter()
    result = run_plan(copy, proposal.migrations, job, Tracer(copy, before))
    spent = round((time.perf_counter() - begun) * 1000)
    job.step("compare")
    after = read_catalogue(copy.session)
    changes = diff_same_database(before, after)
    print_ = fingerprint(after)
    return Outcome(
        Rehearsal(
            place=copy.place,
            ok=result.error is None,
            limits=(*seen, *copy.limits, *_faithful(before, target), *result.limits),
            duration_ms=spent,
            server_version=_version(copy.session.server_version),
            error=result.error,
        ),
        with_estimates(copy, result.statements, target.sizes),
        changes,
        _ddl(before, after, changes),
        print_ if result.error is None else None,
        _reached(result.taken_back, before, target),
        after,
    )


def _reached(taken_back: str | None, before: Catalogue, target: TargetRead) -> Reached:
    if taken_back is None:
        return Reached(None, faithful=False)
    dumped = fingerprint(without_invalid(target.catalogue))
    return Reached(taken_back, faithful=dumped == fingerprint(before))


def _faithful(before: Catalogue, target: TargetRead) -> tuple[Limit, ...]:
    """Say so when the copy is not what the target is; across majors only models can be equal."""
    same_major = before.server_version // 10000 == target.original.server_version // 10000
    if not same_major or fingerprint(before) == target.basis.fingerprint:
        return ()
    if fingerprint(before) == fingerprint(without_invalid(target.catalogue)):
        return (limits.invalid_left_out(),)
    return (limits.copy_differs(),)


def _ddl(before: Catalogue, after: Catalogue, changes: Sequence[Change]) -> dict[str, str]:
    shown_before, shown_after = touched(before, after, changes)
    return {
        "before": render_ddl(before, only=shown_before),
        "after": render_ddl(after, only=shown_after),
    }


def _version(number: int) -> str:
    return f"{number // 10000}.{number % 10000}"
