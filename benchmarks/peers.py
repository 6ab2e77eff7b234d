"""Applying the same small migrations with other tools, in turn, with and without a slow network.

`python benchmarks/peers.py [--migrations 1000] [--delay-ms 0] [--rounds 3] [--folder /tmp]`. The
tools are installed on first use into `--tools` (in the user's cache, versions below). Whole
processes are timed; Vado's is the apply of a ready plan. All go through one proxy on loopback,
which with a delay holds back what it gets, half of it each way. The server, with default settings
(fsync on), lives in `--folder`.
"""

import argparse
import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs

from vado.database import Target, connect, start_server, tools_for

PYTHON_TOOLS = (
    "alembic==1.20.1",
    "yoyo-migrations==9.0.0",
    "psycopg2-binary==2.9.13",
    "setuptools<81",  # yoyo still asks for pkg_resources
)
NODE_TOOLS = ("dbmate@2.36.0", "node-pg-migrate@9.0.0", "pg@8.23.1")

STATEMENTS = (
    "create table t{i} (id bigint primary key, name text not null)",
    "alter table t{i} add column note text",
    "create index t{i}_name on t{i} (name)",
    "insert into t{i} (id, name) values (1, 'a'), (2, 'b'), (3, 'c')",
)


@dataclass(frozen=True)
class Run:
    """One tool's run: its own database and project folder."""

    tools: Path
    folder: Path
    target: Target
    count: int

    @property
    def url(self) -> str:
        return f"postgresql://{self.target.user}@{self.target.host}:{self.target.port}/{self.target.dbname}"

    def sql(self, i: int) -> str:
        return "".join(f"{statement.format(i=i)};\n" for statement in STATEMENTS)

    def timed(self, command: list[str], variables: Mapping[str, str] | None = None) -> float:
        begun = time.perf_counter()
        subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, **(variables or {})},
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return time.perf_counter() - begun


def psql(run: Run) -> float:
    script = run.folder / "all.sql"
    script.write_text("".join(f"begin;\n{run.sql(i)}commit;\n" for i in range(run.count)))
    program = tools_for(180000, tls=False).folder / "psql"
    return run.timed(
        [str(program), "-q", "-X", "-v", "ON_ERROR_STOP=1", "-f", str(script), run.url]
    )


def vado(run: Run) -> float:
    folder = run.folder / "migrations"
    folder.mkdir()
    for i in range(run.count):
        (folder / f"{20260101000000 + i}_t{i}.sql").write_text(run.sql(i))
    program = str(Path(sys.executable).parent / "vado")
    variables = {"DATABASE_URL": run.url, "VADO_STATE": str(run.folder / "state")}
    preview = subprocess.run(
        [program, "preview", "--json", "--place", "text"],
        cwd=run.folder,
        env={**os.environ, **variables},
        check=True,
        capture_output=True,
    )
    plan_id = preview.stdout.decode().split('"plan_id": "')[1].split('"')[0]
    return run.timed([program, "apply", "--yes", "--json", "--plan", plan_id], variables)


def dbmate(run: Run) -> float:
    folder = run.folder / "db" / "migrations"
    folder.mkdir(parents=True)
    for i in range(run.count):
        text = f"-- migrate:up\n{run.sql(i)}\n-- migrate:down\n"
        (folder / f"{20260101000000 + i}_t{i}.sql").write_text(text)
    program = str(run.tools / "node_modules" / ".bin" / "dbmate")
    url = run.url + "?sslmode=disable"
    return run.timed([program, "--no-dump-schema", "--url", url, "migrate"])


def yoyo(run: Run) -> float:
    for i in range(run.count):
        (run.folder / f"{20260101000000 + i}_t{i}.sql").write_text(run.sql(i))
    program = str(run.tools / "venv" / "bin" / "yoyo")
    return run.timed([program, "apply", "--batch", "--database", run.url, str(run.folder)])


def node_pg_migrate(run: Run) -> float:
    folder = run.folder / "migrations"
    folder.mkdir()
    for i in range(run.count):
        (folder / f"{1700000000000 + i}_t{i}.sql").write_text(run.sql(i))
    program = str(run.tools / "node_modules" / ".bin" / "node-pg-migrate")
    return run.timed([program, "up", "--no-lock", "-m", "migrations"], {"DATABASE_URL": run.url})


ALEMBIC_ENV = """
from alembic import context
from sqlalchemy import create_engine
engine = create_engine({url!r})
with engine.connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
"""


def alembic(run: Run) -> float:
    versions = run.folder / "scripts" / "versions"
    versions.mkdir(parents=True)
    (run.folder / "alembic.ini").write_text("[alembic]\nscript_location = scripts\n")
    url = run.url.replace("postgresql://", "postgresql+psycopg2://")
    (run.folder / "scripts" / "env.py").write_text(ALEMBIC_ENV.format(url=url))
    for i in range(run.count):
        lines = "".join(f"    op.execute({s.format(i=i)!r})\n" for s in STATEMENTS)
        before = None if i == 0 else f"r{i - 1}"
        (versions / f"r{i}.py").write_text(
            f"from alembic import op\nrevision = 'r{i}'\ndown_revision = {before!r}\n"
            f"def upgrade():\n{lines}\ndef downgrade():\n    pass\n"
        )
    program = str(run.tools / "venv" / "bin" / "alembic")
    return run.timed([program, "upgrade", "head"])


WAYS: dict[str, Callable[[Run], float]] = {
    "psql -f": psql,
    "vado": vado,
    "dbmate": dbmate,
    "alembic": alembic,
    "node-pg-migrate": node_pg_migrate,
    "yoyo": yoyo,
}


class Proxy:
    """Listens on loopback and hands everything on to a Unix socket, held back by half the delay."""

    def __init__(self, socket_path: str, delay_s: float) -> None:
        self._path = socket_path
        self._half = delay_s / 2
        self._ready = threading.Event()
        self.port = 0
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        self._ready.wait(10)

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await server.serve_forever()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_unix_connection(self._path)
        await asyncio.gather(self._pass(reader, there_writer), self._pass(there_reader, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        try:
            while data := await reader.read(1 << 16):
                if self._half:
                    # Each piece keeps its own delay; none waits for the one before.
                    loop.call_later(self._half, writer.write, data)
                else:
                    writer.write(data)
        finally:
            loop.call_later(self._half, writer.close)


def installed(folder: Path) -> Path:
    """Install the other tools, unless they are there."""
    if not (folder / "complete").exists():
        folder.mkdir(parents=True, exist_ok=True)
        environment = folder / "venv"
        commands = (
            [sys.executable, "-m", "venv", "--clear", str(environment)],
            [str(environment / "bin" / "pip"), "install", "--quiet", *PYTHON_TOOLS],
            ["npm", "install", "--silent", "--no-save", "--prefix", str(folder), *NODE_TOOLS],
        )
        for command in commands:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (folder / "complete").touch()
    return folder


def main() -> None:
    options = argparse.ArgumentParser()
    cache = Path(platformdirs.user_cache_dir("vado")) / "peers"
    options.add_argument("--tools", type=Path, default=cache)
    options.add_argument("--folder")
    options.add_argument("--migrations", type=int, default=1000)
    options.add_argument("--delay-ms", type=float, default=0)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--only", nargs="*", default=list(WAYS))
    asked = options.parse_args()
    asked.tools = installed(asked.tools.absolute())
    home = Path(tempfile.mkdtemp(prefix="vado-bench-", dir=asked.folder))
    home.chmod(0o711)
    found: dict[str, list[float]] = {name: [] for name in asked.only}
    with start_server(home / "data") as server:
        direct = server.target()
        proxy = Proxy(f"{direct.host}/.s.PGSQL.{direct.port}", asked.delay_ms / 1000)
        for number in range(asked.rounds):
            for name in asked.only:
                run = _prepared(asked, home, direct, proxy.port, f"{name}_{number}")
                found[name].append(WAYS[name](run))
    shutil.rmtree(home, ignore_errors=True)
    floor = statistics.median(found["psql -f"]) if "psql -f" in found else None
    print(f"{asked.migrations} migrations, {asked.delay_ms:g} ms a round trip, medians:")
    for name, seconds in found.items():
        median = statistics.median(seconds)
        ratio = f"  {median / floor:.2f} x psql" if floor else ""
        print(f"  {name:<16} {median:6.2f} s{ratio}")


def _prepared(asked: argparse.Namespace, home: Path, direct: Target, port: int, name: str) -> Run:
    database = "".join(c if c.isalnum() else "_" for c in name)
    with connect(direct) as session:
        session.run(f"create database {database}")
    folder = home / database
    folder.mkdir()
    target = replace(direct, host="127.0.0.1", port=port, dbname=database)
    return Run(asked.tools, folder, target, asked.migrations)


if __name__ == "__main__":
    main()
