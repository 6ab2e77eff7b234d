"""A project folder with a database, and the command as programs and people run it."""

import contextlib
import itertools
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from tests.conftest import fresh_database

from vado.cli import main
from vado.database import EmbeddedServer, Target, connect

CUSTOMERS = (
    "20260101000000_customers",
    (
        "-- migrate:up\ncreate table customers (id int primary key, name text, fax text);\n"
        "insert into customers select n, 'c' || n, case when n % 2 = 0 then '555' end\n"
        "from generate_series(1, 100) as n;\n-- migrate:down\ndrop table customers;\n"
    ),
)
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


@dataclass(frozen=True)
class Project:
    """A folder with migrations for a database."""

    folder: Path
    target: Target
    vado: Callable[..., Ended]

    def write(self, name: str, text: str) -> Path:
        path = self.folder / "migrations" / f"{name}.sql"
        path.write_text(text, encoding="utf-8")
        return path

    def ask(self, query: str) -> Any:
        with connect(self.target) as session:
            return session.value(query)  # type: ignore[arg-type]  # a test's own text

    def run(self, statement: str) -> None:
        with connect(self.target) as session:
            session.run(statement)


def url_of(target: Target) -> str:
    folder = quote(target.host, safe="")
    return f"postgresql://{target.user}@/{target.dbname}?host={folder}&port={target.port}"


@contextlib.contextmanager
def left_as_it_was() -> Iterator[None]:
    """Take back what a command sets in this process: signals and where its log goes."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)
    for handler in list(logging.getLogger("vado").handlers):
        logging.getLogger("vado").removeHandler(handler)
        handler.close()


@pytest.fixture
def vado(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Ended]]:
    """Runs the command in this process, which is much quicker than starting it."""

    def run(*typed: str) -> Ended:
        code = main(typed)
        seen = capsys.readouterr()
        return Ended(code, seen.out, seen.err)

    with left_as_it_was():
        yield run


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, where commands speak English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "VADO_LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "project"
    (folder / "migrations").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def project(
    database: Target,
    workplace: Path,
    monkeypatch: pytest.MonkeyPatch,
    vado: Callable[..., Ended],
) -> Project:
    """A project of its own."""
    monkeypatch.setenv("DATABASE_URL", url_of(database))
    return Project(workplace, database, vado)


@pytest.fixture(scope="session")
def built_shop(
    cluster: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Target]:
    """The database of `shop`, to be copied: an apply is work of a second."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "migrations").mkdir()
    name, text = CUSTOMERS
    (folder / "migrations" / f"{name}.sql").write_text(text, encoding="utf-8")
    with fresh_database(cluster, "built_shop") as target:
        with pytest.MonkeyPatch.context() as patch, left_as_it_was():
            patch.chdir(folder)
            patch.setenv("VADO_STATE", str(folder / "state"))
            patch.setenv("DATABASE_URL", url_of(target))
            assert main(("apply", "--yes", "--json")) == 0
        yield target


@pytest.fixture
def shop(
    cluster: EmbeddedServer,
    built_shop: Target,
    workplace: Path,
    monkeypatch: pytest.MonkeyPatch,
    vado: Callable[..., Ended],
) -> Iterator[Project]:
    """A project whose first migration is applied: a table with rows."""
    with fresh_database(cluster, f"shop_{next(_numbers)}", built_shop.dbname) as target:
        monkeypatch.setenv("DATABASE_URL", url_of(target))
        project = Project(workplace, target, vado)
        project.write(*CUSTOMERS)
        yield project


def start(*typed: str, **settings: Any) -> "subprocess.Popen[str]":
    """Start the command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "vado", *typed],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **settings.pop("env", {})},
        **settings,
    )
