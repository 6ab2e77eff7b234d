"""Applying a plan: under the lock, in order, each migration with its ledger row or not at all."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import groupby
from typing import Any

from vado.database import Session, prepare_control, require_consent
from vado.environments import Environment, recognise
from vado.errors import ConnectionFailed, MigrationFailed, PlanOutdated, VadoError
from vado.migrations.execute import Arranged, Execution, risky_versions
from vado.migrations.files import Migration, read_folder
from vado.migrations.ledger import LedgerRow, RunContext, read_ledger, set_fingerprint_after
from vado.migrations.lock import migration_session
from vado.migrations.mark import marks_of_plan, write_mark
from vado.migrations.order import keep_agreed, require_agreed
from vado.migrations.patience import Waits
from vado.migrations.propose import planned
from vado.migrations.settle import Lost, Outcome, what_became_of
from vado.migrations.status import compare
from vado.migrations.undo import planned_back, ways_of_plan
from vado.migrations.validity import check_still_valid
from vado.operations import Job, TargetRecord
from vado.preview import Plan, PlanStore, needs_backup, read_patiently, require_met
from vado.schema import Catalogue, fingerprint, read_catalogue

Reference = dict[str, str]


@dataclass(frozen=True, slots=True)
class ApplyRequest:
    """A plan, and what the user said to it.

    `consent` allows Vado to create its schemas; it stands for nothing else.
    """

    plan: Plan
    confirmation: str | None = None
    accepted: Collection[str] = ()
    consent: bool = False
    waits: Waits = field(default_factory=Waits)


@dataclass
class ApplyReport:
    """What an apply did, kept true while it runs.

    `restored` says of a half-done migration that was taken back whether the schema is again as it
    was before it began; None where that is not known, or nothing of the kind was done.
    """

    plan_id: str
    applied: list[Reference] = field(default_factory=list)
    undone: list[Reference] = field(default_factory=list)
    failed: dict[str, Any] | None = None
    not_run: list[Reference] = field(default_factory=list)
    backup_id: str | None = None
    restored: bool | None = None

    @property
    def done(self) -> list[Reference]:
        """What was carried out: all of a plan goes one way."""
        return self.applied or self.undone

    def add(self, migration: Migration) -> None:
        """Take note of a migration that was carried out."""
        reached = self.undone if migration.undoes else self.applied
        reached.append(_reference(migration))

    def to_json(self) -> dict[str, Any]:
        """Return it as an operation's result."""
        return asdict(self)


def check_plan(environment: Environment, request: ApplyRequest, store: PlanStore) -> None:
    """Raise at once what would refuse the apply; it is asked again under the lock."""
    store.require_ready(request.plan.plan_id)
    with environment.session(read_only=True) as session:
        recognise(store.state, environment, session)
        _still_planned(session, environment, request.plan, store, None)
        require_agreed(session, request.plan, request.accepted)
        require_met(request.plan, request.confirmation, request.accepted)
        require_consent(session, consent=request.consent)


def apply_plan(
    environment: Environment, request: ApplyRequest, store: PlanStore, job: Job
) -> dict[str, Any]:
    """Apply a plan that is still valid and whose demands are met; return the report."""
    plan = request.plan
    store.require_ready(plan.plan_id)
    require_met(plan, request.confirmation, request.accepted)
    backed_up = _needs_backup(environment, plan)
    job.expect(len(plan.migrations) + 2 + backed_up)
    job.step("check_plan")
    with migration_session(environment, job, request.waits) as session:
        recognise(store.state, environment, session)
        prepare_control(session, consent=request.consent)
        migrations, rows = _still_planned(session, environment, plan, store, job)
        require_agreed(session, plan, request.accepted)
        store.consume(plan.plan_id)
        keep_agreed(session, plan, request.accepted, job.id)
        record = TargetRecord(session, job, "apply")
        record.settle_interrupted()
        with record.kept(environment=environment.name, subject=plan.plan_id):
            if plan.kind == "mark":
                return _mark(session, plan, migrations, job)
            work = _Work(plan, migrations, rows, request.waits)
            return _run(environment, session, work, job)


def _still_planned(
    session: Session, environment: Environment, plan: Plan, store: PlanStore, job: Job | None
) -> tuple[list[Migration], tuple[LedgerRow, ...]]:
    rows = read_ledger(session)
    standing = compare(read_folder(environment.migrations_folder), rows)
    try:
        check_still_valid(session, plan, standing, rows, job)
    except PlanOutdated:
        store.mark_outdated(plan.plan_id)
        raise
    if plan.kind == "undo":
        return ways_of_plan(plan, standing), rows
    if plan.kind == "mark":
        return marks_of_plan(plan, standing), rows
    late = bool(plan.out_of_order)
    standing.refuse_conflicts(out_of_order=late)
    wanted = {int(m["version"]) for m in plan.migrations}
    return [m for m in standing.to_apply(out_of_order=late) if m.number in wanted], rows


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be run: the migrations, and how far the half-done ones are."""

    plan: Plan
    migrations: Sequence[Migration]
    rows: Sequence[LedgerRow]
    waits: Waits

    def arranged(self) -> Iterator[Arranged]:
        """Yield each in its turn: it is parsed while the server is at work on those before it."""
        arrange = planned_back if self.plan.kind == "undo" else planned
        known = {row.number: row for row in self.rows}
        for migration in self.migrations:
            row = known.get(migration.number)
            yield migration, arrange([migration], [row] if row else [])[0]


def _run(environment: Environment, session: Session, work: _Work, job: Job) -> dict[str, Any]:
    plan, migrations = work.plan, work.migrations
    report = ApplyReport(plan.plan_id)
    if migrations and _needs_backup(environment, plan):
        # Loaded here: most runs take none.
        from vado.backups import BackupRequest, take_backup  # noqa: PLC0415

        job.step("backup")
        request = BackupRequest(reason="before_apply", plan_id=plan.plan_id)
        with job.inside_step():
            report.backup_id = take_backup(environment, job, request).id
    if migrations and environment.neon is not None:
        from vado.backups import note_restore_point  # noqa: PLC0415 (as above)

        note_restore_point(environment, plan.plan_id, job)
    run = RunContext(job.id, plan.digest, report.backup_id, plan.basis.fingerprint)
    try:
        execution = Execution(
            session,
            run,
            job,
            risky_versions(plan),
            frozenset(row.number for row in work.rows),
            work.waits.locks_s,
            report.add,
        )
        _apply_each(execution, work, report)
    except VadoError:
        # Without the fingerprint of what was reached, the rest would look like drift.
        with suppress(VadoError):
            _keep_fingerprint(session, report, read_catalogue)
        raise
    finally:
        _tell_rest(report, migrations)
        job.result = report.to_json()
    job.step("finish")
    reached = _keep_fingerprint(session, report, lambda s: read_patiently(s, job))
    report.restored = _restored(work, reached)
    job.result = report.to_json()
    return job.result


def _restored(work: _Work, reached: str | None) -> bool | None:
    """Compare with what was there before, where one half-done migration was all that went back."""
    arranged = tuple(work.arranged()) if len(work.migrations) == 1 else ()
    before = arranged[0][1].fingerprint_before if arranged else None
    return None if before is None or reached is None else before == reached


def _needs_backup(environment: Environment, plan: Plan) -> bool:
    runs_sql = plan.kind != "mark"
    return runs_sql and needs_backup(environment.policy, destructive=plan.destructive)


def _mark(session: Session, plan: Plan, marked: Sequence[Migration], job: Job) -> dict[str, Any]:
    report = ApplyReport(plan.plan_id)
    run = RunContext(job.id, plan.digest, None, plan.basis.fingerprint)
    for migration in marked:
        job.step("mark", version=migration.version, name=migration.name)
        write_mark(session, migration, run)
        report.add(migration)
    job.result = report.to_json()
    return job.result


def _keep_fingerprint(
    session: Session, report: ApplyReport, read: Callable[[Session], Catalogue]
) -> str | None:
    done = report.done
    if not done or session.closed:
        return None
    print_ = fingerprint(read(session))
    set_fingerprint_after(session, done[-1]["version"], print_)
    return print_


def _apply_each(execution: Execution, work: _Work, report: ApplyReport) -> None:
    try:
        for small, arranged in groupby(work.arranged(), execution.is_small):
            if small:
                execution.ahead(arranged)
            else:
                for one in arranged:
                    execution.one(one)
    except MigrationFailed as error:
        report.failed = error.details
        raise
    except ConnectionFailed as error:
        raise _lost(error, execution) from error


def _tell_rest(report: ApplyReport, migrations: Sequence[Migration]) -> None:
    """Say what was not run: neither applied nor the one that failed."""
    begun = len(report.done) + (report.failed is not None)
    report.not_run = [_reference(m) for m in migrations[begun:]]


def _lost(error: ConnectionFailed, execution: Execution) -> VadoError:
    """Find out from the ledger what became of those that were under way, each in its turn."""
    execution.session.close()
    while execution.under_way:
        migration, _ = execution.under_way[0]
        broke = f"the connection broke during {migration.version}_{migration.name}"
        try:
            outcome, row = what_became_of(_evidence(execution, migration))
        except VadoError:
            return ConnectionFailed(
                f"{broke}, and the server cannot be asked what became of it",
                hint="Run vado status when it answers again: the ledger says what was applied.",
                details=error.details,
            )
        if outcome == "carried_out":
            execution.settled()
            if execution.under_way:
                continue
        return ConnectionFailed(
            f"{broke}, which {_became(outcome, migration, row)}",
            hint="Preview and apply the rest.",
            details=error.details,
        )
    return error


def _evidence(execution: Execution, migration: Migration) -> Lost:
    session = execution.session
    return Lost(
        session.target,
        session.backend_pid,
        migration.version,
        execution.run.operation_id,
        execution.last.id,
    )


def _became(outcome: Outcome, migration: Migration, row: LedgerRow | None) -> str:
    if outcome == "carried_out":
        return f"was {'undone' if migration.undoes else 'applied'} all the same"
    if row is None:
        return "was rolled back"
    done = row.undo_done if migration.undoes else row.statements_done
    return f"is done in part: {done or 0} of {len(migration.script.statements)} statements"


def _reference(migration: Migration) -> Reference:
    return {"version": migration.version, "name": migration.name}
