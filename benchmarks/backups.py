"""A backup and a restore of a large database, each beside PostgreSQL's own tools.

`python benchmarks/backups.py [--megabytes 1000] [--pairs 3] [--folder /tmp]` starts a server of its
own in that folder with default settings (fsync on) and fills a database with text that compresses
as usual and with noise that does not. In each pair one of both ways goes first in turn:

- dump: Vado's own pg_dump (from its start to its end) and a whole backup, which is also hashed and
  read back to its end, beside `pg_dump` with the same options;
- restore: Vado's own pg_restore and a whole proof, beside `pg_restore` into a new database.

It prints medians of the pairs, also of the processor's time (ours and the tools', not the server's)
that a busy machine spoils less, and the most memory that Vado's own process took.
"""

import argparse
import os
import resource
import secrets
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vado.backups import delete_backup, prove_backup, take_backup
from vado.backups.stores import store_of
from vado.database import ClientTools, Target, connect, start_server, tools_for
from vado.environments import Environment
from vado.operations import Job

_BYTES_OF_ROW = 1150  # with the page's share

Taken = dict[str, list[tuple[float, float]]]


@dataclass
class Steps:
    """The moments at which steps began."""

    began: list[tuple[str, float, float]] = field(default_factory=list)

    def progressed(self, _job_id: str, progress: dict[str, Any]) -> None:
        code = progress["step"]["code"]
        if not self.began or self.began[-1][0] != code:
            self.began.append((code, time.perf_counter(), _cpu()))

    def logged(self, *_said: object) -> None:
        """Nobody reads it."""

    def of(self, code: str) -> tuple[float, float]:
        """The seconds of a step, and the seconds of processor in it."""
        for one, after in zip(self.began, self.began[1:], strict=False):
            if one[0] == code:
                return after[1] - one[1], after[2] - one[2]
        raise LookupError(code)


def _cpu() -> float:
    """What this process and the tools that ended took, without the server."""
    return sum(os.times()[:4])


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--megabytes", type=int, default=1000)
    options.add_argument("--pairs", type=int, default=3)
    options.add_argument("--folder")
    asked = options.parse_args()
    home = Path(tempfile.mkdtemp(prefix="vado-bench-", dir=asked.folder))
    home.chmod(0o711)
    try:
        with start_server(home / "data") as server:
            target = _filled(server.target(), asked.megabytes)
            _measure(target, home, asked.pairs)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _filled(server: Target, megabytes: int) -> Target:
    with connect(server) as session:
        session.run("create database bench")
    target = server.with_database("bench")
    rows = megabytes * 2**20 // _BYTES_OF_ROW // 4
    with connect(target) as session:
        for number in range(4):
            session.run(
                f"create table part_{number} as"  # noqa: S608 (our own figures)
                " select n as id, md5(n::text) as code,"
                " repeat(md5((n % 1000)::text), 22) || md5(n::text || 'x') || md5(n::text || 'y')"
                f" || md5(n::text || 'z') || md5(n::text || 'w') as note, now() as at"
                f" from generate_series(1, {rows}) as n"
            )
            session.run(f"alter table part_{number} add primary key (id)")
        session.run("vacuum analyze")
        size = session.value("select pg_database_size(current_database())")
    print(f"database: {size / 2**20:.0f} MB")
    return target


def _measure(target: Target, home: Path, pairs: int) -> None:
    environment = Environment(
        "bench", "development", target, home / "migrations", home / "state", named=True
    )
    tools = tools_for(180000, tls=False)
    plain: Taken = {"dump": [], "restore": []}
    ours: Taken = {"dump": [], "restore": [], "backup": [], "proof": []}
    for number in range(pairs):
        both: list[Callable[[], None]] = [
            lambda: _plain(target, tools, home, plain),
            lambda: _vado(environment, ours),
        ]
        for way in both if number % 2 else reversed(both):
            way()
    for name, taken in {**{f"plain {k}": v for k, v in plain.items()}, **ours}.items():
        seconds, cpu = ([each[part] for each in taken] for part in (0, 1))
        print(
            f"{name:<14} median {statistics.median(seconds):6.2f} s {_all(seconds)},"
            f" processor {statistics.median(cpu):5.2f} s {_all(cpu)}"
        )
    for name in ("dump", "restore"):
        for part, what in enumerate(("time", "processor")):
            ratios = [a[part] / b[part] for a, b in zip(ours[name], plain[name], strict=True)]
            found = statistics.median(ratios)
            print(f"{name} / plain {name}, {what}: median of pairs {found:.3f} {_all(ratios)}")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of Vado's process: {peak:.0f} MB")


def _all(seconds: list[float]) -> str:
    return "(" + ", ".join(f"{value:.2f}" for value in seconds) + ")"


def _plain(target: Target, tools: ClientTools, home: Path, taken: Taken) -> None:
    path = home / "plain.dump"
    compression = "zstd:1" if tools.zstd else "gzip:1"
    dump = [
        tools.pg_dump,
        "--format=custom",
        f"--compress={compression}",
        "--exclude-schema=vado_control",
        "--verbose",
        f"--file={path}",
    ]
    with _timed(taken["dump"]):
        _run(dump, target)
    with connect(target.with_database("postgres")) as session:
        session.run("create database plain template template0")
    restore = [tools.pg_restore, "--dbname=plain", "--exit-on-error", "--verbose", path]
    with _timed(taken["restore"]):
        _run(restore, target)
    with connect(target.with_database("postgres")) as session:
        session.run("drop database plain with (force)")
    path.unlink()


def _run(command: list[str | Path], target: Target) -> None:
    subprocess.run(command, env=target.environment(), check=True, stderr=subprocess.DEVNULL)


def _vado(environment: Environment, taken: Taken) -> None:
    steps = Steps()
    with _timed(taken["backup"]):
        backup = take_backup(environment, Job(f"op_{secrets.token_hex(8)}", steps))
    taken["dump"].append(steps.of("dump"))
    print(f"backup: {(backup.size_bytes or 0) / 2**20:.0f} MB")
    steps = Steps()
    with _timed(taken["proof"]):
        prove_backup(environment, backup.id, Job(f"op_{secrets.token_hex(8)}", steps))
    taken["restore"].append(steps.of("load"))
    delete_backup(environment, backup.id, backup.id)
    assert not list(store_of(environment).folder.glob("*.dump"))


@contextmanager
def _timed(taken: list[tuple[float, float]]) -> Iterator[None]:
    began, cpu = time.perf_counter(), _cpu()
    yield
    taken.append((time.perf_counter() - began, _cpu() - cpu))


if __name__ == "__main__":
    main()
