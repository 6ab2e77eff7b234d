"""How long a catalogue takes to read and to compare, against the bare queries and against migra.

    python benchmarks/catalogue.py 100 1000 5000
    python benchmarks/catalogue.py 1000 --migra

Two databases with as many tables, one in a hundred of them changed, on an embedded server of its
own. The floor is the same queries, one side after the other, each on a new connection, their rows
left unread. Figures are the best of several rounds; with --migra, the tool comes from PyPI into an
environment that is thrown away.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import LiteralString, TypeVar

from vado.database import (
    SCRATCH_SETTINGS,
    EmbeddedServer,
    Identifier,
    Question,
    Session,
    Target,
    connect,
    start_server,
)
from vado.schema import (
    diff_databases,
    diff_same_database,
    fingerprint,
    read_catalogue,
    render_ddl,
)

# What else makes the queries quick in a database that was never analysed (vado/schema/read.py).
SETTINGS = {"search_path": "", "enable_nestloop": "off", "enable_mergejoin": "off", "jit": "off"}

Result = TypeVar("Result")

TABLE = """
create table app.t{n} (
    id bigint generated always as identity primary key,
    parent_id bigint {reference},
    name varchar(50) not null default 'x{n}',
    status text not null check (status in ('new', 'paid', 't{n}')),
    mood app.mood default 'calm',
    amount numeric(10, 2),
    created_at timestamptz not null default now(),
    tags text[]
);
create index t{n}_name on app.t{n} (name);
create index t{n}_created on app.t{n} (created_at) where status <> 'new';
"""
EXTRAS = """
create view app.v{n} as select id, name from app.t{n} where status in ('new', 'paid');
create function app.f{n}(int) returns int language sql as 'select 1';
"""
DO = "do $script$ begin {} end $script$"
AT_ONCE = 100


ROUNDS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[1000])
    parser.add_argument("--migra", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vado-bench-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o711)
        peer = install_migra(folder) if asked.migra else None
        with start_server(folder / "server", settings=SCRATCH_SETTINGS) as server:
            for count in asked.counts:
                measure(server, count, peer)


def measure(server: EmbeddedServer, count: int, peer: Path | None) -> None:
    one, other = databases(server, count)
    queries = overheard(one)
    rounds = [one_round(one, other, queries) for _ in range(ROUNDS)]
    floor, together, read_both, compared = (min(figures) for figures in zip(*rounds, strict=True))
    before, read_one = timed(lambda: read(one))
    after = read(other)
    changes, compared_same = timed(lambda: diff_same_database(before, after))
    _, hashed = timed(lambda: fingerprint(before))
    text, rendered = timed(lambda: render_ddl(before))
    total = read_both + compared
    print(f"{count} tables, {len(before.objects)} objects, {len(changes)} changes")
    print(f"  floor, both sides     {floor:6.2f} s, both at once {together:.2f} s")
    print(f"  read, both in threads {read_both:6.2f} s, one side {read_one:.2f} s")
    print(f"  compare by name       {compared:6.2f} s, by OID {compared_same:.2f} s")
    print(f"  read both and compare {total:6.2f} s = {total / floor:.2f} x floor")
    print(f"  fingerprint           {hashed:6.2f} s")
    print(f"  DDL ({len(text) >> 10} kB)        {rendered:6.2f} s")
    print(f"  peak memory           {peak_mb():6.0f} MB")
    if peer is not None:
        _, took = timed(lambda: run_migra(peer, one, other))
        print(f"  migra                 {took:6.2f} s = {took / total:.1f} x ours")


def one_round(one: Target, other: Target, queries: list[LiteralString]) -> tuple[float, ...]:
    floor = bare(one, queries) + bare(other, queries)
    with ThreadPoolExecutor() as both:
        _, together = timed(lambda: list(both.map(lambda t: bare(t, queries), (one, other))))
        (before, after), read_both = timed(lambda: list(both.map(read, (one, other))))
    _, compared = timed(lambda: diff_databases(before, after))
    return floor, together, read_both, compared


def install_migra(folder: Path) -> Path:
    programs = folder / "peer" / "bin"
    subprocess.run([sys.executable, "-m", "venv", programs.parent], check=True)
    packages = ["migra==3.0.1663481299", "psycopg2-binary", "sqlalchemy<2.1", "setuptools<81"]
    subprocess.run([programs / "pip", "install", "--quiet", *packages], check=True)
    return programs / "migra"


def run_migra(peer: Path, one: Target, other: Target) -> None:
    ends = [f"postgresql://{t.user}@/{t.dbname}?host={t.host}&port={t.port}" for t in (one, other)]
    done = subprocess.run([peer, "--unsafe", *ends], capture_output=True, check=False)
    # 2 = the two differ.
    assert done.returncode == 2, done.stderr.decode()[-2000:]


def databases(server: EmbeddedServer, count: int) -> tuple[Target, Target]:
    names = f"one_{count}", f"other_{count}"
    with connect(server.target()) as session:
        session.execute("create database {one}", identifiers={"one": Identifier(names[0])})
    with connect(server.target(names[0])) as session:
        fill(session, count)
    with connect(server.target()) as session:
        session.execute(
            "create database {other} template {one}",
            identifiers={"other": Identifier(names[1]), "one": Identifier(names[0])},
        )
    with connect(server.target(names[1])) as session:
        for n in range(0, count, 100):
            session.run(f"alter table app.t{n} add extra int")
    return server.target(names[0]), server.target(names[1])


def fill(session: Session, count: int) -> None:
    session.run("create schema app")
    session.run("create type app.mood as enum ('calm', 'wild')")
    for start in range(0, count, AT_ONCE):
        session.run(DO.format("".join(made(n) for n in range(start, min(start + AT_ONCE, count)))))


def made(n: int) -> str:
    reference = f"references app.t{n - 1}" if n % 3 == 1 else ""
    text = TABLE.format(n=n, reference=reference)
    return text + (EXTRAS.format(n=n) if n % 10 == 0 else "")


def overheard(target: Target) -> list[LiteralString]:
    """Return the queries of a reading."""
    asked: list[LiteralString] = []
    with connect(target) as session:
        moment = session.moment

        def listen(questions: Sequence[Question], settings: Question):
            asked.extend(question.query for question in questions)
            return moment(questions, settings)

        session.moment = listen  # type: ignore[method-assign]  # only here, to overhear
        read_catalogue(session)
    return asked


def bare(target: Target, queries: list[LiteralString]) -> float:
    """Run the queries of a reading on a new connection and leave their rows unread."""
    with connect(target) as session, session.transaction():
        for name, value in SETTINGS.items():
            session.rows("select set_config(%(name)s, %(value)s, true)", name=name, value=value)
        started = time.perf_counter()
        for query in queries:
            session.execute(query)
        return time.perf_counter() - started


def read(target: Target):
    with connect(target) as session:
        return read_catalogue(session)


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
