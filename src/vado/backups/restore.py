"""Restoring: into a new database, compared with the manifest, then put in the place of the old.

Until the swap the database is only read. The old one is kept under another name.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from vado.backups.client import Command, connecting, running
from vado.backups.compare import compare
from vado.backups.dump import CONTROL_SCHEMA, take_backup
from vado.backups.load import load
from vado.backups.manifest import Manifest
from vado.backups.model import BackupRequest, RestoreReport, RestoreRequest
from vado.backups.permission import check_rights, usable
from vado.backups.record import recorded
from vado.backups.stores import store_of
from vado.backups.successor import (
    Names,
    choose_names,
    claim,
    dress,
    maintenance,
    no_apply,
    successor,
)
from vado.backups.swap import swap
from vado.backups.verify import verify_backup, whole_file
from vado.database import ClientTools, Session, load_queries, password_file
from vado.environments import Environment
from vado.errors import Cancelled, RestoreFailed, VadoError
from vado.operations import Job

log = logging.getLogger("vado.backups")

_QUERIES = load_queries("vado.backups")


def restore_backup(environment: Environment, request: RestoreRequest, job: Job) -> RestoreReport:
    """Replace the database by what a backup holds; the present one is backed up and kept.

    `vado_control` is carried over, so the record of the restore survives it. ConfirmationRequired,
    Refused, BackupDamaged and LockNotObtained come before anything is done; RestoreFailed and
    Cancelled mean that the database is as it was, under its name.
    """
    store = store_of(environment)
    manifest = usable(environment, store, request)
    with maintenance(environment.target) as server:
        tools = check_rights(environment, manifest, job)
        claim(server, environment.target.dbname)
        with no_apply(environment), _proven_whole(environment, manifest, job) as manifest:
            try:
                return _replaced(environment, job, server, manifest, tools)
            except Cancelled as error:
                raise Cancelled(
                    f"the restore was cancelled; {environment.target.dbname} is as it was"
                ) from error
            except VadoError as error:
                raise _failed(environment, manifest, error) from error


@contextmanager
def _proven_whole(environment: Environment, manifest: Manifest, job: Job) -> Iterator[Manifest]:
    with whole_file(environment, manifest, job):
        if manifest.tables is None:
            verify_backup(environment, manifest.id, job)
            manifest = store_of(environment).read(manifest.id)
        yield manifest


def _failed(environment: Environment, manifest: Manifest, error: VadoError) -> RestoreFailed:
    name = environment.target.dbname
    return RestoreFailed(
        f"backup {manifest.id} was not restored and {name} is as it was: {error.message}",
        hint=error.hint,
        details={**error.details, "cause": error.code, "backup_id": manifest.id},
    )


def _replaced(
    environment: Environment, job: Job, server: Session, manifest: Manifest, tools: ClientTools
) -> RestoreReport:
    with recorded(environment, job, manifest.id):
        job.step("safety_backup")
        with job.inside_step():
            safety = take_backup(environment, job, BackupRequest(reason="before_restore"))
        names = choose_names(server, environment.target.dbname)
        with successor(server, environment.target, names, job):
            load(
                environment, manifest, tools, environment.target.with_database(names.successor), job
            )
            job.step("compare")
            compare(environment.target.with_database(names.successor), manifest, job)
            _carry_control(environment, job, tools, names)
            dress(server, names)
            job.step("swap")
            swap(server, environment.target, names)
    log.info("restore", extra={"backup": manifest.id, "previous_database": names.previous})
    return RestoreReport(names.database, names.previous, manifest.id, safety.id, job.id)


def _carry_control(environment: Environment, job: Job, tools: ClientTools, names: Names) -> None:
    """Copy Vado's records of this database, which no dump of it holds, as they are now."""
    with environment.session(read_only=True) as session:
        if not session.value(_QUERIES["control_exists"]):
            return
    old, new = environment.target, environment.target.with_database(names.successor)
    with password_file(old) as passwords:
        source = Command(
            argv=[
                tools.pg_dump,
                "--format=custom",
                "--compress=0",
                f"--schema={CONTROL_SCHEMA}",
                "--no-password",
            ],
            env=connecting(old, passwords, f"vado {job.id}"),
            pipes_output=True,
        )
        with running(source, job) as giving:
            sink = Command(
                argv=[tools.pg_restore, "--dbname=", "--exit-on-error", "--no-password"],
                env=connecting(new, passwords, f"vado {job.id}"),
                stdin=giving.output,
            )
            with running(sink, job):
                # Ours is closed, so that pg_dump notices when pg_restore ends early.
                giving.output.close()
