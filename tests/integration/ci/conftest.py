"""A clone with a branch, and the command as a runner starts it."""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from vado.cli import main

FIRST = "20260101000000_first.sql"
SECOND = "20260102000000_second.sql"
TABLE = "-- migrate:up\ncreate table first (id int);\n-- migrate:down\ndrop table first;\n"
# What a runner and the user's own git would tell must not reach a test.
_TOLD = ("GITHUB_", "CI_", "GIT_", "BITBUCKET_", "CHANGE_", "LC_", "LANG", "VADO_LANG", "NO_COLOR")


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
class Clone:
    """A repository on the branch `feature`, which left `main` with two migrations."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / "migrations" / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def git(self, *typed: str) -> str:
        named = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.com")
        run = subprocess.run(
            ["git", *named, *typed], cwd=self.folder, capture_output=True, text=True, check=True
        )
        return run.stdout.strip()

    def commit(self, *names: str) -> None:
        self.git("add", "--all", *names)
        self.git("commit", "--quiet", "--allow-empty", "--message", "more")

    def vado(self, *typed: str) -> Ended:
        code = main(typed)
        seen = self.capsys.readouterr()
        return Ended(code, seen.out, seen.err)

    def check(self, *typed: str) -> Ended:
        return self.vado("check", "--json", *typed)

    def found(self, *typed: str) -> list[tuple[str, str]]:
        return [(p["kind"], p["file"]) for p in self.check(*typed).document["problems"]]


def start(*typed: str, **settings: Any) -> "subprocess.CompletedProcess[str]":
    """Run the command as a process of its own, without a terminal."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "vado", *typed],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **settings.pop("env", {})},
        **settings,
    )


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clone that each test gets a copy of."""
    folder = tmp_path_factory.mktemp("template")
    (folder / "migrations").mkdir()
    (folder / "migrations" / FIRST).write_text(TABLE)
    (folder / "migrations" / SECOND).write_text("create table second (id int);\n")
    for typed in (
        ("init", "--quiet", "--initial-branch=main"),
        ("add", "."),
        ("-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "-m", "x"),
        ("switch", "--quiet", "--create", "feature"),
    ):
        subprocess.run(["git", *typed], cwd=folder, check=True)
    return folder


@pytest.fixture
def clone(
    template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Clone]:
    for name in list(os.environ):
        if name.startswith(_TOLD):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    folder = tmp_path / "clone"
    shutil.copytree(template, folder)
    monkeypatch.chdir(folder)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield Clone(folder, capsys)
    for number, handler in handlers.items():
        signal.signal(number, handler)
    for log in list(logging.getLogger("vado").handlers):
        logging.getLogger("vado").removeHandler(log)
        log.close()
