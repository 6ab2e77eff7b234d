"""Copying the structure of a database: the client tools dump it, and load it somewhere else."""

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from vado.backups import Archive
from vado.database import Target, launch, password_file, stop_group, tools_for
from vado.errors import ToolFailed
from vado.logging import redact
from vado.operations import Job

# What belongs to the server or to other databases cannot be had in a copy.
_ONLY_STRUCTURE = (
    "--no-owner",
    "--no-privileges",
    "--no-tablespaces",
    "--no-publications",
    "--no-subscriptions",
    "--no-security-labels",
)
_READING = (
    "--schema-only",
    "--exclude-schema=vado",
    "--exclude-schema=vado_control",
    "--no-password",
    "--encoding=UTF8",
    # A table that is locked for long must not hold up a preview without an end.
    "--lock-wait-timeout=10s",
)
_GRACE_S = 2.0


@contextmanager
def dumped_structure(target: Target, server_version: int, job: Job) -> Iterator[Archive]:
    """Write the structure of *target* to a private file that ends with the block."""
    tools = tools_for(server_version, tls=not target.local)
    with tempfile.TemporaryDirectory(prefix="vado-structure-") as folder:
        path = Path(folder) / "structure.dump"
        arguments = [
            "--format=custom",
            *_READING,
            *_ONLY_STRUCTURE,
            f"--file={path}",
        ]
        _run(tools.pg_dump, arguments, target, job)
        yield Archive((path,), None)


def structure_text(target: Target, server_version: int, job: Job) -> str:
    """Return the structure of *target* as SQL, with its publications, for psql to read."""
    tools = tools_for(server_version, tls=not target.local)
    with tempfile.TemporaryDirectory(prefix="vado-structure-") as folder:
        path = Path(folder) / "structure.sql"
        arguments = [
            "--format=plain",
            *_READING,
            *(option for option in _ONLY_STRUCTURE if option != "--no-publications"),
            f"--file={path}",
        ]
        _run(tools.pg_dump, arguments, target, job)
        return path.read_text(encoding="utf-8")


def load_structure(
    dump: Archive,
    target: Target,
    server_version: int,
    job: Job,
    role: str = "",
    *,
    whole: bool = False,
) -> None:
    """Create what *dump* holds in an empty database; ToolFailed when that cannot hold it.

    The *whole* of a backup's structure has owners and privileges, too.
    """
    tools = tools_for(server_version, tls=not target.local)
    arguments = [
        "--exit-on-error",
        "--no-password",
        *(("--schema-only", "--exclude-schema=vado") if whole else _ONLY_STRUCTURE),
        *([f"--role={role}"] if role else []),
        # Named by keyword, because a bare name that looks like a connection string is read as one.
        f"--dbname=dbname='{_escaped(target.dbname)}'",
        *(str(path) for path in dump.arguments),
    ]
    _run(tools.pg_restore, arguments, target, job, dump.stdin)


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\").replace("'", "\\'")


def _run(
    program: Path,
    arguments: Sequence[str],
    target: Target,
    job: Job,
    stdin: IO[bytes] | None = None,
) -> None:
    with password_file(target) as passwords, tempfile.TemporaryFile() as errors:
        process = launch(
            [program, *arguments],
            env=target.environment(passwords),
            stdin=stdin or subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
        try:
            with job.on_cancel(lambda: _stop(process)):
                code = process.wait()
        finally:
            stop_group(process, _GRACE_S)
        job.check()
        if code != 0:
            errors.seek(0)
            raise _failed(program, errors.read().decode(errors="replace"))


def _stop(process: "subprocess.Popen[bytes]") -> None:
    stop_group(process, _GRACE_S)


def _failed(program: Path, said: str) -> ToolFailed:
    lines = [line for line in said.splitlines() if "error:" in line] or said.splitlines()[-1:]
    reason = redact(lines[0].partition("error: ")[2] or lines[0]) if lines else "no reason given"
    return ToolFailed(
        f"{program.name} stopped: {reason}",
        hint="The log of the operation tells more.",
        details={"reason": reason},
    )
