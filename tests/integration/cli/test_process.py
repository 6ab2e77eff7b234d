"""Facts about the command as a process: signals, kills, pipes, what it loads."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.integration.cli.conftest import Project, start

SLOW = """-- migrate:up
create table half_done (id int);
-- Slow where there are rows, which the copy has none of.
select pg_sleep(30) from customers where id = 1;
"""


def _wait_for(fact: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15
    while not fact():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.05)


def _sleeping(shop: Project) -> bool:
    count = shop.ask(
        "select count(*) from pg_stat_activity"
        " where query like '%%pg_sleep(30)%%' and state = 'active' and pid <> pg_backend_pid()"
    )
    return bool(count)


@pytest.fixture
def slow(shop: Project) -> Project:
    shop.write("20260102000000_quick", "create table quick (id int);")
    shop.write("20260103000000_slow", SLOW)
    return shop


def test_a_killed_apply_leaves_ledger_and_schema_agreeing(slow: Project) -> None:
    process = start("apply", "--json")
    _wait_for(lambda: _sleeping(slow))
    process.kill()
    process.communicate()
    _wait_for(lambda: not _sleeping(slow))

    status = slow.vado("status", "--json").document

    assert status["version"] == "20260102000000"
    assert slow.ask("select to_regclass('quick') is not null") is True
    assert slow.ask("select to_regclass('half_done') is null") is True
    assert status["last_operation"]["state"] == "interrupted"
    slow.write("20260103000000_slow", SLOW.replace("pg_sleep(30)", "pg_sleep(0)"))
    assert slow.vado("apply", "--json").document["state"] == "succeeded"
    assert slow.ask("select to_regclass('half_done') is not null") is True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_cancels_and_waits_for_the_roll_back(
    slow: Project, number: signal.Signals
) -> None:
    process = start("apply", "--json")
    _wait_for(lambda: _sleeping(slow))

    process.send_signal(number)
    out, _ = process.communicate(timeout=60)

    document = json.loads(out)
    assert process.returncode == 130
    assert document["state"] == "cancelled"
    assert [m["name"] for m in document["applied"]] == ["quick"]
    assert [m["name"] for m in document["not_run"]] == ["slow"]
    assert slow.ask("select to_regclass('half_done') is null") is True


def test_a_second_apply_meets_the_lock(slow: Project) -> None:
    plan_id = slow.vado("preview", "--json").document["plan_id"]
    first = start("apply", "--plan", plan_id, "--json")
    _wait_for(lambda: _sleeping(slow))
    slow.run("select pg_sleep(0)")

    other = slow.vado("preview", "--json").document["plan_id"]
    ended = slow.vado("apply", "--plan", other, "--json")

    first.send_signal(signal.SIGINT)
    first.communicate(timeout=60)
    assert ended.code == 5
    assert ended.document["error"]["code"] == "lock_not_obtained"


@pytest.mark.usefixtures("project")
def test_a_closed_pipe_is_met_in_silence() -> None:
    process = start("--help")
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    errors = process.stderr.read()
    process.wait(timeout=60)
    process.stderr.close()

    assert errors == ""


@pytest.mark.usefixtures("shop")
def test_steps_are_lines_in_a_pipe_and_silent_for_programs() -> None:
    told = start("backup", "create")
    _, lines = told.communicate(timeout=30)
    silent = start("backup", "create", "--json")
    out, nothing = silent.communicate(timeout=30)

    assert "the backup" in lines
    assert "\x1b" not in lines
    assert nothing == ""
    assert json.loads(out)["state"] == "verified"


def test_a_terminal_is_asked_and_a_no_changes_nothing(shop: Project) -> None:
    shop.write("20260102000000_one", "create table one (id int);")

    code, seen = _on_terminal(["apply"], b"n\n")

    assert code == 7
    assert "Apply 1 migration to" in seen
    assert "nothing was applied" in seen
    assert shop.ask("select to_regclass('one') is null") is True


def test_a_terminal_is_asked_and_a_yes_applies(shop: Project) -> None:
    shop.write("20260102000000_one", "create table one (id int);")

    code, seen = _on_terminal(["apply"], b"y\n")

    assert code == 0
    assert "Applied 1 migration" in seen
    assert shop.ask("select to_regclass('one') is not null") is True


def _on_terminal(typed: list[str], answer: bytes) -> tuple[int, str]:
    """Run the command on a terminal of its own and type *answer* when it asks."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "vado", *typed],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
    )
    os.close(slave)
    seen, answered = b"", False
    while True:
        try:
            seen += os.read(master, 4096)
        except OSError:  # Linux's way to say that the other end is closed
            break
        if not answered and b"[y/N]" in seen:
            answered = True
            os.write(master, answer)
    os.close(master)
    return process.wait(timeout=60), seen.decode(errors="replace")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("typed", "absent"),
    [
        (["--version"], {"psycopg", "postgast", "rich", "sqlite3"}),
        (["new", "thing"], {"psycopg", "postgast", "rich", "sqlite3"}),
        (["lint", "x.sql"], {"psycopg", "rich", "sqlite3"}),
        (["status"], {"postgast", "rich", "vado.preview", "vado.risks", "vado.schema"}),
        (["preview"], {"rich"}),
    ],
)
def test_a_command_loads_no_more_than_it_needs(
    tmp_path: Path, typed: list[str], absent: set[str]
) -> None:
    Path("x.sql").write_text("select 1;", encoding="utf-8")
    seen = tmp_path / "modules"
    program = (
        "import sys; from vado.cli import main\n"
        f"main({typed!r}); open({str(seen)!r}, 'w').write(' '.join(sys.modules))"
    )

    subprocess.run([sys.executable, "-P", "-c", program], check=True, capture_output=True)

    loaded = set(seen.read_text(encoding="utf-8").split())
    assert not loaded & (absent | {"fastapi", "pydantic", "starlette", "uvicorn"})
