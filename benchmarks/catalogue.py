"""How long a catalogue takes to read and to compare, against the bare queries.

    python benchmarks/catalogue.py 1000 5000

Two databases with as many tables, one in a hundred of them changed, on an embedded server of its
own. The floor is the same queries with their rows thrown away by libpq, on both databases.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from vado.database import (
    SCRATCH_SETTINGS,
    EmbeddedServer,
    Identifier,
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


def main(counts: list[int]) -> None:
    with tempfile.TemporaryDirectory(prefix="vado-bench-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o711)
        with start_server(folder / "server", settings=SCRATCH_SETTINGS) as server:
            for count in counts:
                measure(server, count)


def measure(server: EmbeddedServer, count: int) -> None:
    one, other = databases(server, count)
    floor = sum(bare(target) for target in (one, other))
    with ThreadPoolExecutor() as both:
        (before, after), read_both = timed(lambda: list(both.map(read, (one, other))))
    _, read_one = timed(lambda: read(one))
    changes, compared = timed(lambda: diff_databases(before, after))
    _, compared_same = timed(lambda: diff_same_database(before, after))
    _, hashed = timed(lambda: fingerprint(before))
    text, rendered = timed(lambda: render_ddl(before))
    total = read_both + compared
    print(f"{count} tables, {len(before.objects)} objects, {len(changes)} changes")
    print(f"  floor, both sides     {floor:6.2f} s")
    print(f"  read, one side        {read_one:6.2f} s, both in two threads {read_both:.2f} s")
    print(f"  compare by name       {compared:6.2f} s, by OID {compared_same:.2f} s")
    print(f"  read both and compare {total:6.2f} s = {total / floor:.2f} x floor")
    print(f"  fingerprint           {hashed:6.2f} s")
    print(f"  DDL ({len(text) >> 10} kB)        {rendered:6.2f} s")
    print(f"  peak memory           {peak_mb():6.0f} MB")


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


def bare(target: Target) -> float:
    """Run the queries of a reading and leave their rows unread."""
    asked: list[tuple[str, dict[str, object]]] = []
    with connect(target) as session:
        ask = session.rows
        session.rows = lambda query, **values: asked.append((query, values)) or ask(query, **values)  # type: ignore[method-assign]  # only here, to overhear
        read_catalogue(session)
        session.rows = ask  # type: ignore[method-assign]  # put back
        with session.transaction():
            started = time.perf_counter()
            for query, values in asked:
                values.pop("identifiers", None)
                session.execute(query, **values)
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
    main([int(text) for text in sys.argv[1:]] or [1000])
