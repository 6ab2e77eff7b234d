"""`vado serve` as a process: how it starts, whom it answers, and how it ends."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2 as httpx
import pytest

from tests.integration.api.conftest import url_of
from vado.database import Target, connect

ADDRESS = re.compile(r"^(http://127\.0\.0\.1:\d+)/#token=([\w-]{40,})$")


@contextmanager
def served(folder: Path, target: Target, *options: str, stdin: int | None = None) -> Iterator:
    (folder / "migrations").mkdir(exist_ok=True)
    environment = {**os.environ, "DATABASE_URL": url_of(target)}
    process = subprocess.Popen(
        [sys.executable, "-m", "vado", "serve", *options],
        cwd=folder,
        env=environment,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def address_of(process: subprocess.Popen) -> tuple[str, dict[str, str]]:
    match = ADDRESS.match(process.stdout.readline().strip())
    assert match, process.stderr.read()
    return match[1], {"Authorization": f"Bearer {match[2]}"}


def test_it_prints_its_address_with_the_token_and_ends_with_ctrl_c(
    database: Target, tmp_path: Path
):
    with served(tmp_path, database, "--no-browser") as process:
        base, token = address_of(process)

        assert httpx.get(f"{base}/api/about").status_code == 401
        assert httpx.get(f"{base}/api/status", headers=token).json()["pending"] == []
        process.send_signal(signal.SIGINT)

        assert process.wait(60) in {0, 130}
        assert "Traceback" not in process.stderr.read()


def test_the_parent_gives_the_token_and_its_end_is_the_order_to_stop(
    database: Target, tmp_path: Path
):
    with served(tmp_path, database, "--parent", stdin=subprocess.PIPE) as process:
        process.stdin.write("t" * 43 + "\n")
        process.stdin.flush()
        base = json.loads(process.stdout.readline())["base"]

        answer = httpx.get(f"{base}/api/about", headers={"Authorization": "Bearer " + "t" * 43})
        assert answer.status_code == 200
        process.stdin.close()
        process.stdin = None

        assert process.wait(60) == 0


def test_ending_it_rolls_back_what_runs(database: Target, tmp_path: Path):
    with served(tmp_path, database, "--no-browser") as process:
        base, token = address_of(process)
        migration = tmp_path / "migrations" / "20260101000000_slow.sql"
        migration.write_text("create table slow (id int); select pg_sleep(60);")
        plan = httpx.post(
            f"{base}/api/migrations/dry-run",
            json={"place": "text"},
            headers={**token, "Prefer": "wait=20"},
            timeout=30,
        ).json()
        body = {"plan_id": plan["result"]["plan_id"]}
        httpx.post(f"{base}/api/migrations/apply", json=body, headers=token)
        _until_sleeping(database)

        process.terminate()

        assert process.wait(60) is not None
        with connect(database) as session:
            assert session.value("select to_regclass('public.slow')") is None
            assert session.value("select count(*) from vado.migration") == 0


def _until_sleeping(target: Target) -> None:
    with connect(target) as session:
        for _ in range(200):
            if session.value(
                "select count(*) from pg_stat_activity where wait_event = 'PgSleep' "
                "and datname = current_database()"
            ):
                return
            time.sleep(0.05)
    pytest.fail("the migration did not start")


def test_a_taken_port_is_said(database: Target, tmp_path: Path):
    with served(tmp_path, database, "--no-browser") as first:
        base, _ = address_of(first)
        port = base.rpartition(":")[2]
        with served(tmp_path, database, "--no-browser", "--port", port) as second:
            assert second.wait(60) == 2
            assert f"port {port} is taken" in second.stderr.read()


def test_of_two_that_run_one_takes_the_backup_that_is_due(database: Target, tmp_path: Path):
    # Its last time is always less than a day ago, so it is made up for at once.
    (tmp_path / "vado.toml").write_text('[backups]\nschedule = "0 3 * * *"\n')
    with (
        served(tmp_path, database, "--no-browser") as one,
        served(tmp_path, database, "--no-browser") as other,
    ):
        base, token = address_of(one)
        address_of(other)
        deadline = time.monotonic() + 60
        states: list[str] = []
        while states != ["verified"]:
            assert time.monotonic() < deadline, states
            time.sleep(0.1)
            found = httpx.get(f"{base}/api/backups", headers=token).json()["items"]
            states = [item["state"] for item in found if item["reason"] == "scheduled"]
            assert len(found) == len(states) <= 1

        taken = httpx.get(f"{base}/api/operations?kind=backup", headers=token).json()["items"]
        assert [operation["state"] for operation in taken] == ["succeeded"]
