"""Is a plan still what its preview showed? Asked with the lock held, before anything is changed."""

from collections.abc import Sequence

from vado.database import Session
from vado.environments import identity_of
from vado.errors import PlanOutdated, StatementFailed
from vado.migrations.files import Migration
from vado.migrations.ledger import LedgerRow, ledger_digest
from vado.migrations.mark import files_of_marks_changed
from vado.migrations.status import Standing
from vado.migrations.undo import ways_changed
from vado.operations import Job
from vado.preview import Plan, lock_not_available, read_patiently
from vado.schema import fingerprint, read_catalogue

_WORDS = {
    "files": "the migration files",
    "ledger": "the ledger",
    "schema": "the schema",
    "target": "the database it was made for",
}


def check_still_valid(
    session: Session, plan: Plan, standing: Standing, rows: Sequence[LedgerRow], job: Job | None
) -> None:
    """Raise PlanOutdated naming everything that moved since the preview.

    A *job* waits for those who hold tables shut; without one, the schema behind them is taken as it
    was, for whoever asks again later.
    """
    changed = []
    if _changed(plan, standing):
        changed.append("files")
    if ledger_digest(rows) != plan.basis.ledger:
        changed.append("ledger")
    if identity_of(session) != plan.basis.identity:
        changed.append("target")
    elif _moved(session, plan, job) or (not changed and _otherwise(plan, standing)):
        changed.append("schema")
    if changed:
        raise outdated(plan, changed)


def _moved(session: Session, plan: Plan, job: Job | None) -> bool:
    if job is not None:
        return fingerprint(read_patiently(session, job)) != plan.basis.fingerprint
    try:
        return fingerprint(read_catalogue(session)) != plan.basis.fingerprint
    except StatementFailed as error:
        if not lock_not_available(error):
            raise
        return False


def _otherwise(plan: Plan, standing: Standing) -> bool:
    """Say whether the catalogue now asks for other statements than were shown."""
    return plan.kind == "undo" and ways_changed(plan, standing)


def outdated(plan: Plan, changed: Sequence[str]) -> PlanOutdated:
    """Return the error that names what moved."""
    return PlanOutdated(
        f"{plan.plan_id} is outdated: {', '.join(_WORDS[c] for c in changed)} changed since",
        hint="Look at a new preview, then apply that.",
        details={"changed": list(changed), "plan_id": plan.plan_id},
    )


def _changed(plan: Plan, standing: Standing) -> bool:
    if plan.kind == "undo":
        # It is made of what the ledger keeps, and the ledger is asked about by itself.
        return False
    if plan.kind == "mark":
        return files_of_marks_changed(plan, standing)
    return _files_changed(plan, standing.to_apply(out_of_order=bool(plan.out_of_order)))


def _files_changed(plan: Plan, pending: Sequence[Migration]) -> bool:
    """Compare with what is pending now, up to the plan's last version."""
    last = max((int(m["version"]) for m in plan.migrations), default=0)
    now = [(m.number, m.checksum) for m in pending if m.number <= last]
    return now != [(int(m["version"]), m["checksum"]) for m in plan.migrations]
