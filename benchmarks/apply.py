"""Applying a ready plan of many small migrations, beside `psql -f` of the same statements.

`python benchmarks/apply.py [--migrations 1000] [--rounds 5] [--folder /tmp]` starts a server of
its own in that folder with default settings (fsync on), takes both ways in turn, and prints medians
in seconds. The plan is made from the text alone: dropping a rehearsal's copy, thousands of files,
makes new files dear for minutes on some file systems. `--folder /dev/shm` measures without a disk.
"""

import argparse
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from vado.application import Vado, start_apply, start_preview
from vado.database import Target, connect, start_server, tools_for
from vado.migrations import ApplyRequest, Wanted
from vado.settings import Overrides, load_settings

_SQL = """create table t{i} (id bigint primary key, name text not null);
alter table t{i} add column note text;
create index t{i}_name on t{i} (name);
insert into t{i} (id, name) values (1, 'a'), (2, 'b'), (3, 'c');
"""


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--migrations", type=int, default=1000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--folder")
    asked = options.parse_args()
    home = Path(tempfile.mkdtemp(prefix="vado-bench-", dir=asked.folder))
    home.chmod(0o711)
    with start_server(home / "data") as server:
        ours, floor = [], []
        for number in range(asked.rounds):
            floor.append(_psql(server.target(), home, asked.migrations, number))
            ours.append(_vado(server.target(), home / f"p{number}", asked.migrations, number))
    shutil.rmtree(home, ignore_errors=True)
    _report("psql -f", floor)
    _report("vado apply", ours)
    ratios = [a / b for a, b in zip(ours, floor, strict=True)]
    print(f"ratio, median of pairs: {statistics.median(ratios):.2f}")


def _report(name: str, seconds: list[float]) -> None:
    low, high = min(seconds), max(seconds)
    print(f"{name:<12} median {statistics.median(seconds):.2f} s (min {low:.2f}, max {high:.2f})")


def _database(target: Target, name: str) -> Target:
    with connect(target) as session:
        session.run(f"create database {name}")
    return target.with_database(name)


def _psql(server: Target, home: Path, count: int, number: int) -> float:
    target = _database(server, f"floor{number}")
    script = home / "all.sql"
    script.write_text("".join(f"begin;\n{_SQL.format(i=i)}commit;\n" for i in range(count)))
    psql = tools_for(180000, tls=False).folder / "psql"
    command = [psql, "-q", "-X", "-v", "ON_ERROR_STOP=1", "-f", script]
    begun = time.perf_counter()
    subprocess.run(command, env=target.environment(), check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def _vado(server: Target, project: Path, count: int, number: int) -> float:
    target = _database(server, f"ours{number}")
    folder = project / "migrations"
    folder.mkdir(parents=True)
    for i in range(count):
        (folder / f"{20260101000000 + i}_t{i}.sql").write_text(_SQL.format(i=i))
    url = f"postgresql://{target.user}@/{target.dbname}?host={target.host}&port={target.port}"
    vado = Vado(load_settings(Overrides(url=url, project=project, state=project / "state")))
    environment = vado.environment()
    plan_id = _done(vado, start_preview(vado, environment, Wanted(place="text")).id)["plan_id"]
    request = ApplyRequest(vado.plans.get(plan_id), consent=True)
    begun = time.perf_counter()
    _done(vado, start_apply(vado, environment, request).id)
    spent = time.perf_counter() - begun
    vado.close()
    return spent


def _done(vado: Vado, operation_id: str) -> dict[str, str]:
    operation = vado.jobs.wait(operation_id)
    assert operation.state == "succeeded", operation.error
    assert operation.result is not None
    return operation.result


if __name__ == "__main__":
    main()
