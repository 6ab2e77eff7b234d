"""Vado's records of a database, which no dump of it holds, copied into another one."""

from vado.backups.client import Command, connecting, running
from vado.backups.dump import CONTROL_SCHEMA
from vado.backups.silence import still
from vado.database import ClientTools, load_queries, password_file
from vado.environments import Environment
from vado.operations import Job

_QUERIES = load_queries("vado.backups")
_REPLACING = ("--clean", "--if-exists", "--single-transaction")


def carry_control(
    environment: Environment, job: Job, tools: ClientTools, database: str, *, replacing: bool
) -> None:
    """Copy `vado_control` as it is now into *database*; nothing happens where there is none.

    *replacing*: what the database has of it is replaced, all of it or nothing.
    """
    with environment.session(read_only=True) as session:
        if not session.value(_QUERIES["control_exists"]):
            return
    old, new = environment.target, environment.target.with_database(database)
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
                argv=[
                    tools.pg_restore,
                    "--dbname=",
                    "--exit-on-error",
                    "--no-password",
                    *(_REPLACING if replacing else ()),
                ],
                env=connecting(new, passwords, f"vado {job.id}") | still(new),
                stdin=giving.output,
            )
            with running(sink, job):
                # Ours is closed, so that pg_dump notices when pg_restore ends early.
                giving.output.close()
