"""The schema that a backup holds: made without its rows, read, and dropped again."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vado.backups.client import Command, connecting, running
from vado.backups.dump import CONTROL_SCHEMA
from vado.backups.encryption import Archive, opened
from vado.backups.manifest import Manifest
from vado.backups.scratch import scratch_beside
from vado.backups.silence import still
from vado.backups.stores import store_of
from vado.database import (
    Identifier,
    Session,
    Target,
    connect,
    load_queries,
    password_file,
    shared_server,
    tools_for,
)
from vado.environments import Environment
from vado.errors import Cancelled, VadoError
from vado.operations import Job
from vado.schema import Catalogue, fingerprint, read_catalogue

_QUERIES = {**load_queries("vado.backups"), **load_queries("vado.backups", "preview.sql")}
# A subscription that is made would be one more that somebody has to drop.
_SHAPE = ("--schema-only", "--no-subscriptions", "--no-tablespaces", "--no-security-labels")

Note = Callable[..., None]


def shapes(
    environment: Environment, manifest: Manifest, now: Catalogue, job: Job, note: Note
) -> tuple[Catalogue, Catalogue | None]:
    """Return the schemas now and then, to be compared; None where the one then cannot be had.

    Where no database may be made beside the target, both are made on Vado's own server, so that
    what such a server has otherwise is no difference.
    """
    if manifest.fingerprint == fingerprint(now):
        return now, now
    if manifest.quarantined:
        note("structure_unknown", "the schema was not compared: the backup is from elsewhere")
        return now, None
    job.step("copy_structure")
    path = store_of(environment).file(manifest.id)
    try:
        with (
            opened(environment, manifest, path) as archive,
            scratch_beside(environment.target) as scratch,
        ):
            return now, _made(archive, scratch, job)
    except Cancelled:
        raise
    except VadoError as error:
        reason = error.message
    try:
        pair = _on_own_server(environment, manifest, job)
    except Cancelled:
        raise
    except VadoError as error:
        reason = f"{reason}; on Vado's own server: {error.message}"
        note("structure_unknown", f"the schema was not compared: {reason}", reason=reason)
        return now, None
    note(
        "structure_elsewhere",
        "the schemas were compared on Vado's own server, since none could be made beside the "
        f"database ({reason}); subscriptions were not compared",
        reason=reason,
    )
    return pair


def _on_own_server(
    environment: Environment, manifest: Manifest, job: Job
) -> tuple[Catalogue, Catalogue]:
    server = shared_server(environment.state_folder).target()
    path = store_of(environment).file(manifest.id)
    with environment.session(read_only=True) as session, connect(server) as admin:
        present = {row["name"] for name in _ROLES for row in session.rows(_QUERIES[name])}
        _know_roles(admin, {*present, *manifest.owners, *manifest.grantees})
    with opened(environment, manifest, path) as archive, scratch_beside(server) as scratch:
        then = _made(archive, scratch, job)
    with _present_shape(environment, job) as archive, scratch_beside(server) as scratch:
        return _made(archive, scratch, job), then


_ROLES = ("owners", "grantees")


def _know_roles(admin: Session, names: set[str]) -> None:
    """Make the roles that owners, grants and policies name; they stay, and may do nothing."""
    for name in sorted(names):
        with suppress(VadoError):  # it is there
            admin.execute(_QUERIES["know_role"], identifiers={"name": Identifier(name)})


@contextmanager
def _present_shape(environment: Environment, job: Job) -> Iterator[Archive]:
    target = environment.target
    with environment.session(read_only=True) as session:
        tools = tools_for(session.server_version, tls=environment.tls)
    with tempfile.TemporaryDirectory(prefix="vado-") as folder, password_file(target) as passwords:
        path = Path(folder) / "present.dump"
        command = Command(
            argv=[
                tools.pg_dump,
                "--format=custom",
                f"--exclude-schema={CONTROL_SCHEMA}",
                "--no-password",
                f"--file={path}",
                *_SHAPE,
            ],
            env=connecting(target, passwords, f"vado {job.id}"),
        )
        with running(command, job):
            pass
        yield Archive((path,), None)


def _made(archive: Archive, target: Target, job: Job) -> Catalogue:
    with connect(target) as session, password_file(target) as passwords:
        tools = tools_for(session.server_version, tls=not target.local)
        command = Command(
            argv=[
                tools.pg_restore,
                "--dbname=",
                "--exit-on-error",
                "--no-password",
                *_SHAPE,
                *archive.arguments,
            ],
            env=connecting(target, passwords, f"vado {job.id}") | still(target),
            stdin=archive.stdin,
        )
        with running(command, job):
            pass
        return read_catalogue(session)
