"""What a backup holds, loaded into an empty database."""

import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager

from vado.backups.client import Command, connecting, running
from vado.backups.encryption import opened
from vado.backups.manifest import Manifest
from vado.backups.progress import RowProgress, follow
from vado.backups.silence import still
from vado.backups.stores import store_of
from vado.backups.successor import drop, maintenance
from vado.backups.verify import whole_file
from vado.database import ClientTools, Target, load_queries, password_file, tools_for
from vado.environments import Environment
from vado.errors import Refused
from vado.operations import Job
from vado.schema import plain_parts

log = logging.getLogger("vado.backups")

_QUERIES = load_queries("vado.backups")


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
    name = f"vado_scratch_{int(time.time())}_{secrets.token_hex(4)}"
    with whole_file(environment, manifest, job), maintenance(target) as server:
        tools = tools_for(server.server_version, tls=environment.tls)
        # Encoding and locale decide what fits into a column and how it is sorted.
        server.run(
            server.value(_QUERIES["create_like"], old=target.dbname, new=name, as_owner=False)
        )
        try:
            load(environment, manifest, tools, target.with_database(name), job)
            yield target.with_database(name)
        finally:
            # On a session of its own: this one may be gone by now.
            with maintenance(target) as fresh:
                drop(fresh, name)
