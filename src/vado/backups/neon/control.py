"""Vado's own records of a database, carried over a restore that Neon makes of the whole branch.

They are written to a private file before, which stays until they are in the restored database: a
crash between loses nothing.
"""

import os
from pathlib import Path

from vado.backups.client import Command, connecting, running
from vado.backups.stores import Store
from vado.database import connect, load_queries, password_file, tools_for
from vado.environments import Environment
from vado.operations import Job

_QUERIES = load_queries("vado.backups.neon")
_SCHEMA = "vado_control"


def control_file(store: Store, backup_id: str) -> Path:
    """Return where the records are kept while the branch is replaced."""
    return store.folder / f"{backup_id}.control"


def save_control(environment: Environment, path: Path, job: Job) -> None:
    """Write the records to *path*; no file is made when the database has none."""
    path.unlink(missing_ok=True)
    with environment.session(read_only=True) as session:
        if not session.value(_QUERIES["control_exists"]):
            return
        tools = tools_for(session.server_version, tls=environment.tls)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with password_file(environment.target) as passwords:
        command = Command(
            argv=[
                tools.pg_dump,
                "--format=custom",
                f"--schema={_SCHEMA}",
                f"--file={path}",
                "--no-password",
            ],
            env=connecting(environment.target, passwords, f"vado {job.id}"),
        )
        try:
            with running(command, job) as run:
                for _ in run.lines(1.0):
                    pass
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def load_control(environment: Environment, path: Path, job: Job) -> None:
    """Put the records in *path* in the place of what the restored branch has of them."""
    if not path.exists():
        return
    with connect(environment.target) as session:
        tools = tools_for(session.server_version, tls=environment.tls)
        session.execute(_QUERIES["drop_control"])
    with password_file(environment.target) as passwords:
        command = Command(
            argv=[
                tools.pg_restore,
                "--dbname=",
                "--exit-on-error",
                "--single-transaction",
                "--no-password",
                path,
            ],
            env=connecting(environment.target, passwords, f"vado {job.id}"),
        )
        with running(command, job) as run:
            for _ in run.lines(1.0):
                pass
    path.unlink()
