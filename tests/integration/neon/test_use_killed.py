"""Vado is killed at random moments: nothing is doubled, and nothing left that nobody knows."""

import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.neon_stub.fixtures import Neon

from vado.database import connect

pytestmark = [pytest.mark.campaign, pytest.mark.fault]
SEEDS = 2
TOML = """
[environments.live]
url_env = "LIVE"
class = "development"

[environments.live.neon]
project = "{project}"
api_url = "{url}"
"""


@dataclass
class Shell:
    """Runs `vado` as people do, and may kill it."""

    neon: Neon
    folder: Path
    chance: random.Random

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "vado", *words, "--json"],
            cwd=self.folder,
            env={
                **os.environ,
                "VADO_STATE": str(self.folder / "state"),
                "LIVE": self.neon.uri(),
                "NEON_API_KEY": self.neon.api_key,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def killed(self, *words: str) -> None:
        process = self.start(*words)
        try:
            process.wait(self.chance.uniform(0.4, 2.5))
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()

    def run(self, *words: str) -> dict[str, Any]:
        told, _ = self.start(*words).communicate(timeout=120)
        found: dict[str, Any] = json.loads(told)
        assert found.get("error") is None, found
        return found

    def status(self) -> dict[str, Any]:
        """Return what there is, once it is sure that nothing of it is unknown."""
        found = self.run("neon", "status")
        known = {item["branch"] for item in found["unfinished"]}
        known |= {item["name"] for item in found["orphans"] + found["previous"]}
        kept = {name for name in self.neon.branch_names if name.startswith("vado-bak-")}
        assert self.neon.branch_names - {"main"} - kept <= known
        assert found["unrecorded"] == []
        return found


@pytest.fixture
def shell(neon: Neon, tmp_path: Path, request: pytest.FixtureRequest) -> Shell:
    (tmp_path / "vado.toml").write_text(TOML.format(project=neon.project, url=neon.api_url))
    (tmp_path / "migrations").mkdir()
    neon.faults.pace_s = 0.15
    with connect(neon.target()) as session:
        session.run("create table goods (id int)")
    return Shell(neon, tmp_path, random.Random(request.param))  # noqa: S311 (moments)


def usable(shell: Shell) -> list[str]:
    items = shell.run("backup", "list")["items"]
    return [item["id"] for item in items if item["state"] == "ready"]


def goods(neon: Neon) -> int:
    with connect(neon.target()) as session:
        return int(session.value("select count(*) from goods"))


@pytest.mark.parametrize("shell", range(SEEDS), indirect=True)
@pytest.mark.parametrize("kind", ["neon_snapshot", "neon_branch"])
def test_whenever_it_is_killed_the_records_are_what_neon_has(
    neon: Neon, shell: Shell, kind: str
) -> None:
    for _ in range(2):
        shell.killed("backup", "create", "--kind", kind)
    shell.status()
    kept = (neon.snapshot_names | neon.branch_names) - {"main"}
    assert len(usable(shell)) == len(kept)
    if not kept:
        shell.run("backup", "create", "--kind", kind)
    backup_id = usable(shell)[0]
    with connect(neon.target()) as session:
        session.run("insert into goods values (1)")

    restore = ("backup", "restore", backup_id, "--mode", "neon", "--yes")
    finalize = ("neon", "finalize", backup_id, "--confirm", "live")
    shell.killed(*restore)
    if not shell.status()["unfinished"]:
        shell.run(*restore)
    shell.killed(*finalize)
    if shell.status()["unfinished"]:
        shell.start(*finalize).communicate(timeout=120)
    if goods(neon):  # the branch to look at was gone before Neon was asked
        assert shell.status()["previous"] == []
        shell.run(*restore)
        shell.run(*finalize)

    found = shell.status()
    assert (found["unfinished"], goods(neon)) == ([], 0)
    (previous,) = found["previous"]
    items = shell.run("backup", "list")["items"]
    assert [i["id"] for i in items if i["reason"] == "before_restore"] == [previous["backup_id"]]


@pytest.mark.parametrize("shell", range(SEEDS), indirect=True)
def test_a_killed_rehearsal_leaves_a_branch_that_expires_and_is_listed(
    neon: Neon, shell: Shell
) -> None:
    (shell.folder / "migrations" / "20260101000000_slow.sql").write_text("select pg_sleep(30);\n")
    shell.killed("preview", "--place", "branch")

    for orphan in shell.status()["orphans"]:
        assert orphan["kind"] == "rehearsal"
        assert orphan["expires_at"]
        shell.run("neon", "orphans", "--remove", orphan["branch_id"])
    assert neon.branch_names == {"main"}
