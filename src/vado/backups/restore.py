"""Restoring, in each of its modes: what is checked first, what is backed up, what is reported.

By swap the backup goes into a new database, is compared with the manifest, and is then put in the
place of the old one, which is kept under another name; until then the database is only read.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from vado.backups.carry import carry_control
from vado.backups.clear import make_public_plain
from vado.backups.compare import compare
from vado.backups.dump import take_backup
from vado.backups.in_place import restore_in_place
from vado.backups.load import load
from vado.backups.manifest import Manifest
from vado.backups.mark import Mark
from vado.backups.model import BackupRequest, RestoreReport, RestoreRequest
from vado.backups.partial import restore_tables
from vado.backups.permission import check_rights, is_elsewhere, usable
from vado.backups.record import Outcome, recorded
from vado.backups.stores import store_of
from vado.backups.successor import choose_names, claim, dress, maintenance, no_apply, successor
from vado.backups.swap import swap
from vado.backups.verify import verify_backup, whole_file
from vado.database import ClientTools, Session, connect
from vado.environments import Environment
from vado.errors import Cancelled, Refused, RestoreFailed, RestoreUnknown, UsageError, VadoError
from vado.operations import Job, now

log = logging.getLogger("vado.backups")


def restore_backup(environment: Environment, request: RestoreRequest, job: Job) -> RestoreReport:
    """Make the database what a backup holds, or put tables of it beside the others.

    Before a database is replaced it is backed up; by swap it is kept as well. `vado_control` stays
    as it is, so the record of the restore survives it. ConfirmationRequired, Refused, NotFound,
    BackupDamaged and LockNotObtained come before anything is done; RestoreFailed and Cancelled
    mean that the database is as it was; RestoreUnknown that the server did not tell.
    """
    if request.mode == "neon":
        from vado.backups.neon.restore import begin_neon_restore  # noqa: PLC0415 (few have Neon)

        return begin_neon_restore(environment, request, job)
    manifest = usable(environment, store_of(environment), request)
    tools = check_rights(environment, manifest, request.mode)
    if is_elsewhere(environment, manifest):
        job.log("the backup was taken on another server that had this address", "another_server")
    if request.mode == "swap":
        return _by_swap(environment, manifest, tools, job)
    with no_apply(environment), _whole(environment, manifest, job) as whole:
        if request.mode == "in_place":
            return _in_place(environment, whole, job)
        with (
            as_it_was(environment, manifest.id),
            recorded(environment, job, manifest.id, alone=True) as outcome,
        ):
            schema = restore_tables(environment, whole, request, job, outcome.succeed)
    return RestoreReport(
        environment.target.dbname, None, manifest.id, None, job.id, "tables", schema
    )


def _by_swap(
    environment: Environment, manifest: Manifest, tools: ClientTools, job: Job
) -> RestoreReport:
    with maintenance(environment.target) as server:
        claim(server, environment.target.dbname)
        with (
            no_apply(environment),
            _whole(environment, manifest, job) as whole,
            as_it_was(environment, manifest.id),
            recorded(environment, job, manifest.id, alone=True) as outcome,
        ):
            safety = _safety(environment, job)
            previous = _replaced(outcome, server, whole, tools)
    log.info("restore", extra={"backup": manifest.id, "previous_database": previous})
    return RestoreReport(environment.target.dbname, previous, manifest.id, safety, job.id)


def _in_place(environment: Environment, manifest: Manifest, job: Job) -> RestoreReport:
    with (
        as_it_was(environment, manifest.id),
        recorded(environment, job, manifest.id, alone=True) as outcome,
    ):
        safety = _safety(environment, job)
        if store_of(environment).read(safety).left_out:
            raise Refused(
                f"backup {safety} of the present state lacks what this role cannot read",
                hint="Restore by swap, which keeps the database, or connect as its owner.",
            )
        restore_in_place(environment, manifest, job, outcome.succeed)
    return RestoreReport(environment.target.dbname, None, manifest.id, safety, job.id, "in_place")


def _safety(environment: Environment, job: Job) -> str:
    job.step("safety_backup")
    with job.inside_step():
        return take_backup(environment, job, BackupRequest(reason="before_restore")).id


@contextmanager
def _whole(environment: Environment, manifest: Manifest, job: Job) -> Iterator[Manifest]:
    with whole_file(environment, manifest, job):
        if manifest.tables is None:
            verify_backup(environment, manifest.id, job)
            manifest = store_of(environment).read(manifest.id)
        yield manifest


@contextmanager
def as_it_was(environment: Environment, what: str) -> Iterator[None]:
    """Say of whatever fails in the block that the database is as it was."""
    name = environment.target.dbname
    try:
        yield
    except Cancelled as error:
        raise Cancelled(f"the restore was cancelled; {name} is as it was") from error
    except (RestoreUnknown, UsageError, Refused):
        raise
    except VadoError as error:
        raise RestoreFailed(
            f"{what} was not restored and {name} is as it was: {error.message}",
            hint=error.hint,
            details={**error.details, "cause": error.code, "backup_id": what},
        ) from error


def _replaced(outcome: Outcome, server: Session, manifest: Manifest, tools: ClientTools) -> str:
    environment, job = outcome.environment, outcome.job
    names = choose_names(server, environment.target.dbname)
    new = environment.target.with_database(names.successor)
    with successor(server, environment.target, names, job):
        with connect(new, application_name="vado restore") as session, session.transaction():
            make_public_plain(session)
        load(environment, manifest, tools, new, job)
        job.step("compare")
        compare(new, manifest, job)
        carry_control(environment, job, tools, names.successor, replacing=False)
        with connect(new, application_name="vado restore") as session:
            outcome.succeed(session)
        dress(server, names)
        job.step("swap")
        mark = Mark(names.database, now(), manifest.id, job.id)
        swap(server, environment.target, names, mark=mark)
    return names.previous
