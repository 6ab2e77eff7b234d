"""Many runners at once, killed at random: each migration is applied once, whoever does it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.migrations.conftest import Project, url_of

RUNNERS = """
import os, random, signal, sys, time
from pathlib import Path
from vado.application import Vado
from vado.migrations import ApplyRequest, Wanted, apply_plan, preview_pending, read_standing
from vado.migrations.patience import Waits
from vado.operations import Request
from vado.settings import Overrides, load_settings
import vado.risks, vado.sql, vado.schema, vado.backups, vado.preview

url, project, states, seconds = sys.argv[1:]

def run(number):
    overrides = Overrides(url=url, project=Path(project), state=Path(states) / str(number))
    vado = Vado(load_settings(overrides, {}))
    environment = vado.environment()
    while read_standing(environment)[0].to_apply():
        plans = []
        preview = vado.start(
            Request("dry_run", environment.name),
            lambda job: plans.append(preview_pending(environment, Wanted(None, "text"), job)),
        )
        vado.jobs.wait(preview.id)
        if not plans:
            continue
        vado.plans.add(plans[0])
        request = ApplyRequest(plans[0], consent=True, waits=Waits(another_vado_s=20))
        operation = vado.start(
            Request("apply", environment.name),
            lambda job: apply_plan(environment, request, vado.plans, job),
        )
        vado.jobs.wait(operation.id)
    os._exit(0)

def fork(number):
    pid = os.fork()
    if pid == 0:
        random.seed()
        run(number)
    return pid

living = {fork(number) for number in range(8)}
number, killed, until = 8, 0, time.monotonic() + float(seconds)
while living:
    time.sleep(random.uniform(0.02, 0.2))
    if time.monotonic() < until:
        victim = random.choice(sorted(living))
        os.kill(victim, signal.SIGKILL)
        killed += 1
        living.add(fork(number))
        number += 1
    for pid in sorted(living):
        if os.waitpid(pid, os.WNOHANG)[0]:
            living.discard(pid)
print(killed)
"""


@pytest.mark.fault
def test_eight_runners_that_are_killed_at_random_never_apply_twice(
    project: Project, tmp_path: Path
) -> None:
    project.run("create table journal (n int)")
    count, seconds = (8, "1") if "VADO_TEST_PG" in os.environ else (31, "4")
    for number in range(1, count):
        grave = "drop table if exists nothing;\n" if number % 2 else ""
        outside = (
            f"\ncreate index concurrently j{number} on journal (n);" if number % 7 == 0 else ""
        )
        project.write(
            f"{number}_x.sql",
            grave + f"insert into journal select {number};\nselect pg_sleep(0.1);{outside}",
        )
    argv = [url_of(project.target), str(project.folder.parent), str(tmp_path / "states"), seconds]

    child = subprocess.run(
        [sys.executable, "-c", RUNNERS, *argv],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert int(child.stdout) >= count // 4
    assert set(project.states().values()) == {"applied"}
    rows = project.rows("select n, count(*) as times from journal group by n order by n")
    assert [(row["n"], row["times"]) for row in rows] == [(n, 1) for n in range(1, count)]
    assert project.value("select bool_and(indisvalid) from pg_index where not indisprimary")
