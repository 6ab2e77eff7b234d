"""Cancelled, killed, cut off: ledger and schema tell the same story afterwards."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.migrations.conftest import Project, once, url_of
from vado.application import Vado
from vado.database import SCRATCH_SETTINGS, EmbeddedServer, start_server
from vado.settings import Overrides, load_settings

pytestmark = pytest.mark.fault

GRAVE = "drop table if exists nothing;\n"


def until(true: Callable[[], object], within_s: float = 20) -> None:
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def sleeping(project: Project) -> bool:
    return bool(
        project.value(
            "select count(*) from pg_stat_activity"
            " where datname = current_database() and wait_event = 'PgSleep'"
        )
    )


@pytest.mark.parametrize("grave", ["", GRAVE])
@pytest.mark.parametrize("statement", ["select pg_sleep(30);", "create index on t (slow(a));"])
def test_cancel_rolls_the_running_migration_back_in_time(
    project: Project, grave: str, statement: str
) -> None:
    project.run(
        "create function slow(int) returns int language plpgsql immutable as"
        " $$ begin perform pg_sleep(0.05); return $1; end $$"
    )
    project.write("1_a.sql", "create table t as select generate_series(1, 1000) as a;")
    project.write("2_b.sql", f"{grave}create table u (a int);\n{statement}")
    project.write("3_c.sql", "create table v (a int);")
    operation = project.start(project.plan())
    until(lambda: sleeping(project))

    begun = time.monotonic()
    project.vado.jobs.cancel(operation.id)
    ended = project.ended(operation)

    assert time.monotonic() - begun < 2
    assert ended.state == "cancelled"
    assert ended.result is not None
    assert [m["version"] for m in ended.result["applied"]] == ["1"]
    assert [m["version"] for m in ended.result["not_run"]] == ["2", "3"]
    assert project.states() == {"1": "applied", "2": "pending", "3": "pending"}
    assert project.value("select to_regclass('u') is null")
    [record] = project.rows("select state from vado_control.operation")
    assert record == {"state": "cancelled"}
    assert project.apply(project.plan(to="1")).state == "succeeded"


def test_cancel_of_a_step_outside_a_transaction_leaves_it_to_be_gone_on_with(
    project: Project,
) -> None:
    project.write(
        "1_a.sql",
        "-- migrate:up transaction:false\ncreate table t (a int);\nselect pg_sleep(30);\n"
        "create table u (a int);",
    )
    operation = project.start(project.plan())
    until(lambda: sleeping(project))

    project.vado.jobs.cancel(operation.id)

    assert project.ended(operation).state == "cancelled"
    assert project.states() == {"1": "partial"}
    assert project.rows("select number, state from vado.migration_step order by number") == [
        {"number": 0, "state": "done"},
        {"number": 1, "state": "failed"},
    ]


def test_closing_waits_until_the_running_migration_is_rolled_back(project: Project) -> None:
    project.write("1_a.sql", "create table t (a int);\nselect pg_sleep(30);")
    operation = project.start(project.plan())
    until(lambda: sleeping(project))

    project.vado.close()

    assert not sleeping(project)
    assert project.value("select to_regclass('t') is null")
    settings = project.vado.settings
    project.vado = Vado(settings)
    assert project.vado.jobs.get(operation.id).state == "cancelled"


def test_a_session_that_is_ended_by_the_server_is_settled(project: Project) -> None:
    project.write("1_a.sql", "create table t (a int);\nselect pg_sleep(30);")
    operation = project.start(project.plan())
    until(lambda: sleeping(project))

    project.run(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where application_name = 'vado apply'"
    )
    ended = project.ended(operation)

    assert ended.state == "failed"
    assert ended.error is not None
    assert ended.error["code"] == "connection_failed"
    assert "which was rolled back" in ended.error["message"]
    assert project.states() == {"1": "pending"}


APPLY = """
import sys
from pathlib import Path
from vado.application import Vado
from vado.migrations import ApplyRequest, apply_plan
from vado.operations import Request
from vado.settings import Overrides, load_settings

url, project, state, plan_id = sys.argv[1:]
vado = Vado(load_settings(Overrides(url=url, project=Path(project), state=Path(state)), {}))
environment = vado.environment()
request = ApplyRequest(vado.plans.get(plan_id), consent=True)
operation = vado.start(
    Request("apply", environment.name, plan_id),
    lambda job: apply_plan(environment, request, vado.plans, job),
)
print(operation.id, flush=True)
print(vado.jobs.wait(operation.id).state, flush=True)
"""


def process(project: Project, plan_id: str) -> subprocess.Popen[str]:
    state = project.vado.settings.state_folder
    argv = [url_of(project.target), str(project.folder.parent), str(state), plan_id]
    return subprocess.Popen(
        [sys.executable, "-c", APPLY, *argv], stdout=subprocess.PIPE, text=True, env=os.environ
    )


@pytest.mark.parametrize("grave", ["", GRAVE])
def test_after_kill_9_ledger_and_schema_agree_and_a_second_apply_finishes(
    project: Project, grave: str
) -> None:
    project.write("1_a.sql", "create table a (a int);")
    project.write("2_b.sql", f"{grave}create table b (a int);\nselect pg_sleep(3);")
    project.write("3_c.sql", "create table c (a int);")
    with process(project, project.plan().plan_id) as child:
        assert child.stdout is not None
        operation_id = child.stdout.readline().strip()
        until(lambda: sleeping(project))
        child.send_signal(signal.SIGKILL)

    # The server notices the dead client by itself and gives the lock back.
    until(lambda: not sleeping(project), within_s=5)
    assert project.states() == {"1": "applied", "2": "pending", "3": "pending"}
    assert project.value("select to_regclass('b') is null")
    project.vado.jobs.settle_interrupted()
    operation = project.vado.jobs.get(operation_id)
    assert operation.state == "interrupted"
    assert operation.error is not None
    assert operation.error["hint"]

    project.write("2_b.sql", "create table b (a int);")
    project.applied()

    assert set(project.states().values()) == {"applied"}
    records = project.rows("select state from vado_control.operation order by started_at")
    assert [r["state"] for r in records] == ["interrupted", "succeeded"]


@pytest.fixture
def fragile(open_folder: Path, tmp_path: Path, programs: Path | None) -> Iterator[EmbeddedServer]:
    """A durable server of its own, which a test may kill."""
    settings = {**SCRATCH_SETTINGS, "fsync": "on", "synchronous_commit": "on"}
    with start_server(
        open_folder / tmp_path.name, settings=settings, bin_folder=programs
    ) as server:
        yield server


def test_a_server_that_dies_during_apply_loses_nothing_acknowledged(
    fragile: EmbeddedServer, programs: Path | None, tmp_path: Path, isolated: Path
) -> None:
    (tmp_path / "migrations").mkdir()
    target = fragile.target()
    overrides = Overrides(url=url_of(target), project=tmp_path, state=isolated)
    project = Project(tmp_path / "migrations", Vado(load_settings(overrides, {})), target)
    for number in range(1, 400):
        # One that is long, so that the server never dies too late.
        long = "select pg_sleep(20);" if number == 200 else ""
        project.write(f"{number}_x.sql", f"create table t{number} (a int);{long}")
    operation = project.start(project.plan())
    until(lambda: (project.vado.jobs.get(operation.id).progress or {}).get("steps_done", 0) > 30)

    # Immediate stop: no checkpoint, sessions dropped, recovery from the log at the next start.
    os.kill(fragile.postmaster.pid, signal.SIGQUIT)
    fragile.process.wait(20)
    with start_server(fragile.home.folder, bin_folder=programs) as again:
        ended = project.ended(operation)
        project.target = again.target()
        rows = project.rows("select version::int as version from vado.migration")
        ledger = {row["version"] for row in rows}
        tables = {
            int(row["name"][1:])
            for row in project.rows(
                "select relname as name from pg_class where relname ~ '^t[0-9]'"
            )
        }
    project.vado.close()

    assert ended.state == "failed"
    assert ended.error["code"] == "connection_failed"
    # Also the one that was under way: what became of it was asked of the recovered server.
    assert {int(m["version"]) for m in ended.result["applied"]} == ledger == tables
    assert 20 < len(tables) < 399


@once
def test_two_processes_share_the_state(project: Project) -> None:
    project.write("1_a.sql", "select pg_sleep(1);")
    with process(project, project.plan().plan_id) as child:
        assert child.stdout is not None
        operation_id = child.stdout.readline().strip()
        seen = set()
        while child.poll() is None:
            project.vado.jobs.settle_interrupted()
            seen.add(project.vado.jobs.get(operation_id).state)
            time.sleep(0.05)

    assert "interrupted" not in seen
    assert project.vado.jobs.get(operation_id).state == "succeeded"
