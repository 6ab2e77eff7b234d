"""What a backup holds, loaded into an empty database."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from vado.backups.client import Command, connecting, running
from vado.backups.encryption import opened
from vado.backups.manifest import Manifest
from vado.backups.progress import RowProgress, follow
from vado.backups.scratch import scratch_beside
from vado.backups.silence import still
from vado.backups.stores import store_of
from vado.backups.verify import whole_file
from vado.database import ClientTools, Target, password_file, tools_for
from vado.environments import Environment
from vado.errors import Refused
from vado.operations import Job
from vado.schema import plain_parts

log = logging.getLogger("vado.backups")


def load(
    environment: Environment, manifest: Manifest, tools: ClientTools, target: Target, job: Job
) -> None:
    """Restore the backup into *target*, an empty database of the environment's server.

    Its file is here and whole: this runs inside of `whole_file`.
    """
    application = f"vado {job.id}"
    expected = {
        ".".join(plain_parts(identity)): rows for identity, rows in (manifest.tables or {}).items()
    }
    path = store_of(environment).file(manifest.id)
    with password_file(target) as passwords, opened(environment, manifest, path) as archive:
        command = Command(
            argv=[
                tools.pg_restore,
                # Named by the environment: on the command line a name with "=" is a conninfo.
                "--dbname=",
                "--exit-on-error",
                "--no-password",
                "--verbose",
                *archive.arguments,
            ],
            env=connecting(target, passwords, application) | still(target),
            stdin=archive.stdin,
        )
        with running(command, job) as run:
            follow(run, RowProgress(job, "load", expected), target, application)


@contextmanager
def restored_beside(environment: Environment, backup_id: str, job: Job) -> Iterator[Target]:
    """Restore a backup into a scratch database beside the target, dropped with the block.

    Raises BackupDamaged where the file is not the one that was written, before anything is made.
    """
    manifest = store_of(environment).read(backup_id)
    if manifest.quarantined:
        raise Refused(
            f"backup {backup_id} was not taken by this Vado, so none of its SQL is run here",
            hint="Prove it, or restore tables of it beside the others.",
        )
    target = environment.target
    with whole_file(environment, manifest, job), scratch_beside(target) as scratch:
        with environment.session(read_only=True) as session:
            tools = tools_for(session.server_version, tls=environment.tls)
        load(environment, manifest, tools, scratch, job)
        yield scratch
