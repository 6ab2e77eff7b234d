"""A server that the tools can reach, the folder they were installed in, and what they leave."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from vado.database import EmbeddedServer, Identifier, connect, start_server, tools_for

FIXTURES = Path(__file__).parents[1] / "fixtures"
_PORT = 55439
# What says nothing of the database, or nothing that every version of PostgreSQL understands.
_NOISE = re.compile(r"(?m)^(?:SET |SELECT pg_catalog\.set_config|\\|--).*\n")


@dataclass(frozen=True)
class Bench:
    """Where one tool works: its project, its database, and the programs."""

    tools: Path
    project: Path
    url: str
    database: str

    def run(self, *command: str | Path, **variables: str) -> str:
        """Run a tool in its project and return what it printed."""
        environment = {**os.environ, "DATABASE_URL": self.url, **variables}
        ended = subprocess.run(
            [str(part) for part in command],
            cwd=self.project,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        if ended.returncode:
            message = f"{command} ended with {ended.returncode}\n{ended.stdout}\n{ended.stderr}"
            raise SystemExit(message)
        return ended.stdout

    def npm(self, name: str, *arguments: str | Path, **variables: str) -> str:
        """Run a program of an npm package."""
        return self.run(self.tools / "js" / "node_modules" / ".bin" / name, *arguments, **variables)

    def write(self, path: str, text: str) -> Path:
        """Write a file of the project."""
        file = self.project / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        return file

    @contextmanager
    def without(self, *paths: str) -> Iterator[None]:
        """Have files or folders away while the tool runs: what it does not see stays pending."""
        away = self.project.parent / "away"
        away.mkdir()
        for number, path in enumerate(paths):
            shutil.move(self.project / path, away / str(number))
        yield
        for number, path in enumerate(paths):
            shutil.move(away / str(number), self.project / path)
        away.rmdir()


class Workshop:
    """The server, and a bench for each tool."""

    def __init__(self, tools: Path, server: EmbeddedServer) -> None:
        self._tools = tools
        self._server = server
        with connect(server.target()) as session:
            session.execute("create role app superuser login password 'app'")

    def bench(self, name: str) -> Bench:
        """Make the database and the empty project of one tool."""
        folder = FIXTURES / name
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "project").mkdir(parents=True)
        return Bench(self._tools, folder / "project", self.database(name), name)

    def database(self, name: str) -> str:
        """Make an empty database and return its URL."""
        with connect(self._server.target()) as session:
            session.execute("create database {name}", identifiers={"name": Identifier(name)})
        return f"postgresql://app:app@127.0.0.1:{_PORT}/{name}"

    def keep(self, bench: Bench, made_with: str) -> None:
        """Write down what the tool made of the database, and with which version."""
        dump = tools_for(180000, tls=False).pg_dump
        text = subprocess.run(
            [dump, "--inserts", "--no-owner", "--no-privileges", "--dbname", bench.url],
            check=True,
            capture_output=True,
            text=True,
            env={"PATH": os.defpath},
        ).stdout
        text = re.sub(r"\n{3,}", "\n\n", _NOISE.sub("", text)).strip() + "\n"
        (bench.project.parent / "database.sql").write_text(text, encoding="utf-8")
        (bench.project.parent / "made_with").write_text(f"{made_with.strip()}\n", encoding="utf-8")


@contextmanager
def workshop(tools: Path, scratch: Path) -> Iterator[Workshop]:
    """Start the server."""
    settings: Mapping[str, str] = {
        "listen_addresses": "127.0.0.1",
        "port": str(_PORT),
        "fsync": "off",
    }
    with start_server(scratch, settings=settings) as server:
        yield Workshop(tools, server)
