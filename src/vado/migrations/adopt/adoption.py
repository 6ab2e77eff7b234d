"""Taking a database over from another tool, once it is proven that its files make its schema."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vado.database import Session, install_control, ledger_exists, require_consent
from vado.environments import Environment
from vado.errors import AdoptionRefused
from vado.migrations.adopt.detect import ForeignProject, detect
from vado.migrations.adopt.layout import Layout, lay_out
from vado.migrations.adopt.report import AdoptionReport
from vado.migrations.adopt.tables import QUERIES
from vado.migrations.adopt.write import record, written_files
from vado.migrations.lock import migration_session
from vado.migrations.propose import planned_up
from vado.migrations.replayed import Live, replayed_against
from vado.operations import Job, TargetRecord
from vado.preview import Replay, read_patiently
from vado.schema import Catalogue, Change, fingerprint


@dataclass(frozen=True, slots=True)
class AdoptRequest:
    """Which project, and what the user said to it.

    `consent` allows Vado to create its schemas; `accept_differences` stands for edited files, a
    replay that fails and a schema that differs, and for nothing else.
    """

    folder: Path
    tool: str | None = None
    dry_run: bool = False
    accept_differences: bool = False
    consent: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """The project and the live schema, as they were when the adoption was judged."""

    project: ForeignProject
    layout: Layout
    live: Catalogue
    fingerprint: str


def adopt_project(environment: Environment, request: AdoptRequest, job: Job) -> dict[str, Any]:
    """Prove that the applied files make the live schema, then write files and ledger.

    Returns the report; without a dry-run raises AdoptionRefused when it is not accepted.
    """
    job.expect(2 if request.dry_run else 3)
    job.step("read_project")
    with environment.session(read_only=True) as session:
        _refuse_second(session)
        if not request.dry_run:
            require_consent(session, consent=request.consent)
        read = _read(session, environment, request, job)
    job.step("replay")
    with job.inside_step():
        found, changes = _proven(environment, read, job)
    report = AdoptionReport(
        read.project, read.layout, found, changes, accepted_differences=request.accept_differences
    )
    job.result = report.to_json()
    if not request.dry_run:
        _require_accepted(report)
        _write(environment, request, read, report, job)
    return report.to_json()


def _refuse_second(session: Session) -> None:
    count = session.value(QUERIES["row_count"]) if ledger_exists(session) else 0
    if count:
        raise AdoptionRefused(
            f"the ledger of Vado in {session.target.dbname} has {count} rows already",
            hint="A database is adopted once, before Vado applies anything to it.",
        )


def _read(session: Session, environment: Environment, request: AdoptRequest, job: Job) -> _Read:
    project = detect(session, request.folder, request.tool)
    layout = lay_out(project, environment.migrations_folder)
    live = read_patiently(session, job)
    return _Read(project, layout, live, fingerprint(live))


def _proven(environment: Environment, read: _Read, job: Job) -> tuple[Replay, tuple[Change, ...]]:
    """Run what is applied on an empty database, and compare what it makes with what is there."""
    planned = [planned_up(item.migration) for item in read.layout.applied]
    ledger = read.project.ledger
    live = Live(read.live, left_out=ledger.belongings if ledger else ())
    return replayed_against(environment, planned, live, job)


def _require_accepted(report: AdoptionReport) -> None:
    if report.accepted:
        return
    hard = [p for p in report.problems if not p.acceptable]
    first = next(iter(hard or report.problems), None)
    raise AdoptionRefused(
        f"not adopted: {first.message if first else _differs(report)}",
        hint=(hard[0].hint or "Put that right; nothing was written.")
        if hard
        else "Look at the differences; --accept-differences takes them as they are.",
        details={
            "tool": report.project.tool,
            "problems": [p.to_json() for p in report.problems],
            "changes": [change.to_json() for change in report.changes],
        },
    )


def _differs(report: AdoptionReport) -> str:
    change = report.changes[0]
    more = len(report.changes) - 1
    rest = f" and {more} more" if more else ""
    return f"the live schema differs from what the files make ({change.identity}{rest})"


def _write(
    environment: Environment, request: AdoptRequest, read: _Read, report: AdoptionReport, job: Job
) -> None:
    job.step("write_ledger")
    with migration_session(environment, job) as session:
        require_consent(session, consent=request.consent)
        _refuse_second(session)
        _refuse_moved(read, _read(session, environment, request, job))
        install_control(session)
        target_record = TargetRecord(session, job, "adopt")
        target_record.settle_interrupted()
        with (
            target_record.kept(environment=environment.name, subject=read.project.tool),
            written_files([] if read.layout.in_place else read.layout.migrations) as names,
        ):
            run = (job.id, read.fingerprint)
            report.recorded = record(session, read.project.tool, read.layout.applied, run)
            report.written = names
            job.result = report.to_json()


def _refuse_moved(before: _Read, now: _Read) -> None:
    """Raise when the other tool was at work since: the proof is of what was read."""
    same = before.fingerprint == now.fingerprint and before.project.applied == now.project.applied
    texts = [[item.migration.checksum for item in read.layout.migrations] for read in (before, now)]
    if not same or texts[0] != texts[1]:
        raise AdoptionRefused(
            "not adopted: files, ledger or schema changed while they were compared",
            hint="Try again when nobody else is at work.",
        )
