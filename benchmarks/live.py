"""How long a text takes to be tried while it is typed, over a schema of 500 tables.

    python benchmarks/live.py [tables] [tries]

The copy is warm: making it is told by itself. The goal is 300 ms for 95 of 100 tries.
"""

import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from vado.application import Vado
from vado.database import SCRATCH_SETTINGS, connect, start_server
from vado.settings import Overrides, load_settings

TABLE = """
create table t{n} (
    id bigint generated always as identity primary key,
    parent_id bigint {reference},
    status text not null check (status in ('new', 'paid', 't{n}')),
    created_at timestamptz not null default now()
);
create index on t{n} (created_at);
"""
TEXT = """-- migrate:up
alter table t{n} add column added int;
create table fresh (id bigint primary key, t bigint references t{n});
create index on fresh (t);
"""


def main(tables: int, tries: int) -> None:
    with tempfile.TemporaryDirectory(prefix="vado-bench-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = start_server(folder / "pg", settings=SCRATCH_SETTINGS)
        try:
            target = server.target("postgres")
            with connect(target) as session:
                for n in range(tables):
                    reference = f"references t{n - 1}" if n % 5 else ""
                    text = TABLE.format(n=n, reference=reference)
                    session.run("do $x$ begin " + text + " end $x$")
            url = f"postgresql://{target.user}@/postgres?host={target.host}&port={target.port}"
            measure(folder, url, tables, tries)
        finally:
            server.stop()


def measure(folder: Path, url: str, tables: int, tries: int) -> None:
    (folder / "migrations").mkdir()
    overrides = Overrides(url=url, project=folder, state=folder / "state")
    with closing(Vado(load_settings(overrides))) as vado:
        first = attempt(vado, 0)
        spent = sorted(attempt(vado, n % tables) for n in range(tries))
        p95 = spent[min(int(tries * 0.95), tries - 1)]
        print(f"{tables} tables: first {first:.0f} ms; {tries} tries:", end=" ")
        print(
            f"median {statistics.median(spent):.0f} ms, p95 {p95:.0f} ms, most {spent[-1]:.0f} ms"
        )


def attempt(vado: Vado, n: int) -> float:
    begun = time.perf_counter()
    found = vado.live.attempt(vado.environment(), TEXT.format(n=n), None)
    assert found["error"] is None, found["error"]
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 500,
        int(sys.argv[2]) if len(sys.argv) > 2 else 60,
    )
