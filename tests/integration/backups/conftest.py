import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from vado.backups import Backup, take_backup
from vado.backups.stores import LocalStore, store_of
from vado.database import EmbeddedServer, Identifier, Target, connect, install_control
from vado.environments import Environment
from vado.operations import Job
from vado.schema import fingerprint, read_catalogue


@dataclass
class Reports:
    """What a job told."""

    steps: list[dict[str, Any]] = field(default_factory=list)
    progress: list[tuple[int, int | None, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def progressed(self, _job_id: str, progress: dict[str, Any]) -> None:
        if progress["step"] not in self.steps[-1:]:
            self.steps.append(progress["step"])
        if progress["done"] is not None:
            self.progress.append((progress["done"], progress["total"], progress["unit"]))

    def logged(self, _job_id: str, message: str, _said: object = None) -> None:
        self.lines.append(message)


@pytest.fixture
def reports() -> Reports:
    return Reports()


@pytest.fixture
def new_job(reports: Reports) -> Callable[[], Job]:
    return lambda: Job(f"op_{secrets.token_hex(8)}", reports)


@pytest.fixture
def job(new_job: Callable[[], Job]) -> Job:
    return new_job()


@pytest.fixture
def environment(database: Target, cluster: EmbeddedServer, isolated: Path) -> Iterator[Environment]:
    yield Environment(
        name="shop",
        environment_class="production",
        target=database,
        migrations_folder=isolated / "migrations",
        state_folder=isolated,
        named=True,
    )
    with connect(cluster.target()) as session:
        kept = "select datname from pg_database where datname like %(name)s"
        for row in session.rows(kept, name=f"{database.dbname}\\_%"):
            name = {"name": Identifier(row["datname"])}
            session.execute("drop database {name} with (force)", identifiers=name)


@pytest.fixture
def shop(environment: Environment) -> Environment:
    """A small database with a bit of everything, and Vado's own schemas."""
    with environment.session() as session:
        install_control(session)
        for statement in SHOP.split(";\n"):
            if statement.strip():
                session.run(statement)
    return environment


SHOP = """
create table public.customers (
    id bigint generated always as identity primary key,
    name text not null,
    note text default 'a''b'
);
create table public.orders (
    id bigint primary key,
    customer bigint not null references public.customers,
    status text check (status in ('new', 'paid'))
);
create index on public.orders (customer) where status = 'paid';
create view public.paid as select * from public.orders where status = 'paid';
create type public.colour as enum ('red', 'green');
create table public.parts (id int, at date, hue public.colour) partition by range (at);
create table public.parts_1 partition of public.parts
    for values from ('2026-01-01') to ('2027-01-01');
create function public.twice(n int) returns int language sql immutable as 'select n * 2';
create materialized view public.sums as select count(*) as n from public.customers;
insert into public.customers (name) select 'name ' || n from generate_series(1, 500) as n;
insert into public.orders select n, n, 'paid' from generate_series(1, 200) as n;
insert into public.parts select n, '2026-05-05', 'red' from generate_series(1, 7) as n;
select lo_from_bytea(0, '\\x00010203');
"""


@pytest.fixture
def store(environment: Environment) -> LocalStore:
    return store_of(environment)


@pytest.fixture
def backup(shop: Environment, new_job: Callable[[], Job]) -> Backup:
    return take_backup(shop, new_job())


@pytest.fixture
def look(environment: Environment) -> Callable[[], dict[str, Any]]:
    """What a database is: to be equal before and after what must not change it."""

    def looked() -> dict[str, Any]:
        with environment.session() as session:
            tables = session.rows(
                "select format('%%I.%%I', schemaname, relname) as name, schemaname, relname"
                " from pg_stat_user_tables where schemaname <> 'vado_control' order by 1"
            )
            rows = {
                row["name"]: session.value(
                    "select count(*) from {t}",
                    identifiers={"t": Identifier(row["schemaname"], row["relname"])},
                )
                for row in tables
            }
            return {"fingerprint": fingerprint(read_catalogue(session)), "rows": rows}

    return looked


@pytest.fixture
def databases(cluster: EmbeddedServer, environment: Environment) -> Callable[[], list[str]]:
    """The databases whose names begin like the one of this test."""

    def named() -> list[str]:
        with connect(cluster.target()) as session:
            rows = session.rows(
                "select datname from pg_database where datname = %(name)s"
                " or starts_with(datname, %(name)s || '_') order by datname",
                name=environment.target.dbname,
            )
            return [row["datname"] for row in rows]

    return named


@pytest.fixture
def in_thread() -> Iterator[Callable[[Callable[[], object]], Callable[[], object]]]:
    """Run work in a thread; calling what is returned waits for its result or its error."""
    threads: list[threading.Thread] = []

    def start(work: Callable[[], object]) -> Callable[[], object]:
        outcome: dict[str, Any] = {}

        def run() -> None:
            try:
                outcome["result"] = work()
            except BaseException as error:  # noqa: BLE001 (handed to whoever waits)
                outcome["error"] = error

        thread = threading.Thread(target=run)
        threads.append(thread)
        thread.start()

        def result() -> object:
            thread.join(30)
            assert not thread.is_alive()
            if "error" in outcome:
                raise outcome["error"]
            return outcome["result"]

        return result

    yield start
    for thread in threads:
        thread.join(30)


@pytest.fixture
def wait_until() -> Callable[[Callable[[], object]], None]:
    """Wait until something is so, at most 15 seconds."""

    def wait(true: Callable[[], object]) -> None:
        deadline = time.monotonic() + 60
        while not true():
            assert time.monotonic() < deadline, "it did not happen"
            time.sleep(0.02)

    return wait


@pytest.fixture
def picky(shop: Environment) -> Callable[[str], None]:
    """Let the tools of a backup and a restore, and nobody else, do something at the end of a load.

    An index on a function is made last, and made anew by every restore.
    """

    def made(action: str) -> None:
        with shop.session() as session:
            session.run(
                "create function public.picky(n int) returns int immutable language plpgsql as $$"
                " begin if starts_with(current_setting('application_name'), 'vado op_')"
                f" then {action}; end if; return n; end $$"
            )
            session.run("create table public.picked (n int)")
            session.run("insert into public.picked values (1)")
            session.run("create index on public.picked (public.picky(n))")

    return made


@pytest.fixture
def seen_in_processes() -> Callable[..., AbstractContextManager[list[str]]]:
    """Watch what other processes were started with for as long as a block runs.

    What is found of the words in their arguments and variables is in the list, at its end.
    """

    @contextmanager
    def watched(*words: str) -> Iterator[list[str]]:
        seen: list[str] = []
        done = threading.Event()

        def watch() -> None:
            while not done.wait(0.01):
                for folder in Path("/proc").glob("[0-9]*"):
                    for name in ("cmdline", "environ"):
                        with suppress(OSError):
                            text = (folder / name).read_bytes().decode(errors="replace")
                            if found := [word for word in words if word in text]:
                                program = (folder / "cmdline").read_bytes().decode(errors="replace")
                                seen.append(f"{name} of {program}: {found}")

        watching = threading.Thread(target=watch)
        watching.start()
        try:
            yield seen
        finally:
            done.set()
            watching.join()

    return watched
