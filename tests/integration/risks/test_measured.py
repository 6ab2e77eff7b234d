"""What the rules claim about locks, rewrites and scans is what a real server does, on 14 and 18.

Each statement runs in a transaction that is looked into before it is rolled back: the strongest
lock on a table others use (pg_locks), whether its file was written anew (relfilenode), and what the
server says at DEBUG1 about reading it or building its indexes.

A line of claims.txt: rule | table | what happens to it | statement | first version that has it.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from vado.database import (
    SCRATCH_SETTINGS,
    EmbeddedServer,
    Session,
    Target,
    connect,
    server_bin_folder,
    start_server,
)
from vado.errors import StatementFailed
from vado.risks import RULES, Facts, Risk, judge
from vado.schema import read_catalogue, read_sizes
from vado.sql import parse_script

CASES = Path(__file__).parents[2] / "cases" / "risks" / "change-column-type"
# What they write anew holds other rows, or the rows of another category of risk.
NEW_FILE_WITHOUT_REWRITE = {"truncate", "refresh-materialized-view", "set-unlogged"}
# A lossy change is a rewrite, too, and more than that.
REWRITES = {"rewrite", "data_loss"}
STRENGTH = ["ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock"]

SHOP = """
create domain positive as int;
create domain late as int;
alter domain late add constraint big check (value > 0) not valid;
create schema archive;
create type archive.kind as enum ('letter');
create table archive.papers (id int, kind archive.kind);
create table customers (id int primary key, code int constraint once unique, name text);
create table orders (
    id int not null, customer int constraint fk references customers, total int,
    number int, net int, gross int generated always as (net * 2) stored,
    constraint c check (total > 0), at positive, since late
);
create index orders_total on orders (total);
create unique index orders_id on orders (id);
create unique index orders_number on orders (number);
create function touch() returns trigger language plpgsql as 'begin return new; end';
create trigger stamp before update on orders for each row execute function touch();
create view names as select name from customers;
create materialized view sums as select sum(total) as total from orders;
create table days (day date) partition by range (day);
create table days_rest partition of days default;
create table days_2020 partition of days for values from ('2020-01-01') to ('2021-01-01');
create table days_2021 (day date);
create table notes (customer int references customers);
create table heir () inherits (customers);
create rule quiet as on delete to orders do also nothing;
create policy own_rows on orders using (true);
insert into customers select n, n, n::text from generate_series(1, 100) as n;
insert into orders (id, customer, total, number, net, at, since)
select n, n, n, n, n, n, n from generate_series(1, 100) as n;
"""

CLAIMS = (Path(__file__).parent / "claims.txt").read_text().splitlines()

# Nothing is said about these, so they may take no lock for long: no rewrite, no scan, no build.
SILENT = [
    "alter table orders add column a int",
    "alter table orders add column a timestamptz default now()",
    "alter table orders add column a text not null default 'new'",
    "alter table orders add column a int references customers",
    "alter table orders add constraint x check (total > 1) not valid",
    "alter table orders alter id set not null",
    "alter table orders alter total set default 5",
    "alter table orders alter total set statistics 100",
    "alter table orders rename constraint c to positive",
    "alter index orders_total rename to orders_by_total",
    "create table payments (id int primary key, customer int references customers)",
    "comment on table orders is 'x'",
    "insert into customers values (1000, 1000, 'x')",
    "update orders set number = 0 where id = 1",
]


@pytest.fixture(scope="module", params=[14, 18])
def shop(
    request: pytest.FixtureRequest, cluster: EmbeddedServer, open_folder: Path
) -> Iterator[Session]:
    """One database for all: whatever is done in it is rolled back."""
    with server_of(request.param, cluster, open_folder) as server:
        with connect(server.target()) as session:
            session.execute("drop database if exists measured_shop")
            session.execute("create database measured_shop")
            session.execute("set allow_in_place_tablespaces = on")
            if not session.value("select true from pg_tablespace where spcname = 'measured_space'"):
                session.execute("create tablespace measured_space location ''")
        with connect(server.target("measured_shop")) as session:
            for statement in parse_script(SHOP).statements:
                session.run(statement.text)
            session.execute("create table customers_copy as table customers")
            session.execute(
                "create access method measured_heap type table handler heap_tableam_handler"
            )
            yield session


@contextmanager
def server_of(major: int, cluster: EmbeddedServer, open_folder: Path) -> Iterator[EmbeddedServer]:
    """The server of this worker, or one of an older PostgreSQL from the cache."""
    with connect(cluster.target()) as session:
        version = session.server_version // 10_000
    if major == max(version, 18):
        # With VADO_TEST_PG this is the version that was asked for.
        yield cluster
        return
    programs = server_bin_folder(major)
    if programs is None or version != 18:
        pytest.skip(f"no PostgreSQL {major} in the cache, or another one is asked for")
    folder = open_folder / f"measured-{major}"
    with start_server(folder, settings=SCRATCH_SETTINGS, bin_folder=programs) as server:
        yield server


def files(session: Session) -> dict[str, int]:
    rows = session.rows(
        "select relname, pg_relation_filenode(oid) as file from pg_class"
        " where relnamespace = 'public'::regnamespace and relkind in ('r', 'm', 'i')"
    )
    return {row["relname"]: row["file"] for row in rows}


def strongest_lock(session: Session, table: str) -> str:
    rows = session.rows(
        "select mode from pg_locks where pid = pg_backend_pid()"
        " and relation = %(oid)s::oid and mode = any(%(modes)s)",
        oid=table,
        modes=STRENGTH,
    )
    return max((row["mode"] for row in rows), key=STRENGTH.index, default="")


@contextmanager
def undone(session: Session) -> Iterator[None]:
    """A transaction of which nothing stays."""
    session.execute("begin")
    try:
        yield
    finally:
        session.execute("rollback")


def observed(session: Session, table: str, text: str) -> tuple[str, str]:
    """Return the strongest lock on the table, and the most that happened to its rows."""
    before = files(session)
    oid = str(session.value("select %(name)s::text::regclass::oid", name=table))
    name = table.rpartition(".")[2]
    session.execute("set client_min_messages = debug1")
    with undone(session):
        session.notices.clear()
        for statement in parse_script(text).statements:
            session.run(statement.text)
        said = [notice.message for notice in session.notices]
        after = files(session)
        lock = strongest_lock(session, oid)
    session.execute("reset client_min_messages")
    if before.get(name) != after.get(name, before.get(name)):
        return lock, "rewrites"
    return lock, heaviest(name, said)


def heaviest(table: str, said: list[str]) -> str:
    """Say what the server told about a table: it was read, or an index was built."""
    if any(message.startswith(f'verifying table "{table}"') for message in said):
        return "scans"
    if any(message.startswith("validating foreign key constraint") for message in said):
        return "scans"
    built = (f'on table "{table}"' in message for message in said if "building index" in message)
    return "builds" if any(built) else "keeps"


def spelled(lock: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", lock.removesuffix("Lock")).upper()


def risks_of(session: Session, text: str) -> list[Risk]:
    facts = Facts(read_catalogue(session), read_sizes(session), session.server_version)
    return list(judge([parse_script(text)], facts))


@pytest.mark.parametrize("claim", CLAIMS)
def test_rule_claims_the_lock_that_the_server_takes(shop: Session, claim: str) -> None:
    rule, table, does, text, *since = claim.split(" | ")
    if since and shop.server_version < int(since[0]) * 10_000:
        pytest.skip(f"PostgreSQL {since[0]} or later")
    found = [risk for risk in risks_of(shop, text) if risk.rule == rule]

    lock, happened = observed(shop, table, text)

    assert spelled(lock) in {risk.params.get("lock") for risk in found}
    assert happened == does
    if rule not in NEW_FILE_WITHOUT_REWRITE:
        assert (happened == "rewrites") <= any(risk.category in REWRITES for risk in found)
        assert all(risk.category != "rewrite" for risk in found) or happened == "rewrites"


@pytest.mark.parametrize("text", SILENT)
def test_what_nothing_is_said_about_rewrites_nothing(shop: Session, text: str) -> None:
    before = files(shop)

    assert risks_of(shop, text) == []
    with undone(shop):
        shop.run(text)
        after = files(shop)
    assert set(before.values()) <= set(after.values())


TYPES = sorted(path.parent.name for path in CASES.glob("*/before.sql"))


@pytest.mark.parametrize("name", TYPES)
def test_type_change_does_to_the_files_what_is_said(database: Target, name: str) -> None:
    expected = json.loads((CASES / name / "expected.json").read_text())["risks"]
    said = {risk["from"][0]: risk["variant"] for risk in expected}
    with connect(database) as session:
        session.execute("set timezone = 'Europe/Madrid'")
        for statement in parse_script((CASES / name / "before.sql").read_text()).statements:
            session.run(statement.text)
        for statement in parse_script((CASES / name / "migration.sql").read_text()).statements:
            before, variant = files(session), said.get(statement.line)
            if variant == "attribute":
                with pytest.raises(StatementFailed, match="because column"):
                    session.run(statement.text)
                continue
            session.run(statement.text)
            changed = {key for key, file in files(session).items() if before[key] != file}

            assert is_as_said(variant, changed, set(before))


def is_as_said(variant: str | None, changed: set[str], known: set[str]) -> bool:
    match variant:
        case None | "verify":
            return not changed
        case "reindex":
            return bool(changed) and not changed & {"t", "u"}
        case _:
            return changed == known


def test_every_lock_that_a_rule_claims_is_measured() -> None:
    measured = {claim.split(" | ")[0] for claim in CLAIMS}

    assert {rule.id for rule in RULES if rule.lock} <= measured


RISKS = CASES.parent
WITH_FACTS = sorted(path.parent for path in RISKS.glob("*/*/before.sql"))
HEAVY = re.compile(
    r'(?:rewriting|verifying) table "(?P<read>[^"]+)"|building index .* on table "(?P<built>[^"]+)"'
    r'|validating foreign key constraint "(?P<key>[^"]+)"'
)


@pytest.mark.matrix
@pytest.mark.parametrize("case", WITH_FACTS, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_nothing_heavy_that_the_server_does_goes_unsaid(database: Target, case: Path) -> None:
    needs = json.loads((case / "expected.json").read_text()).get("needs", 0)
    with connect(database) as session:
        if session.server_version < needs * 10_000:
            pytest.skip(f"PostgreSQL {needs} or later")
        for statement in parse_script((case / "before.sql").read_text()).statements:
            session.run(statement.text)
        texts = (case / "migration.sql").read_text().split("-- next\n")
        scripts = [parse_script(text) for text in texts]
        facts = Facts(read_catalogue(session), read_sizes(session), session.server_version)
        said = {(risk.script, risk.statement) for risk in judge(scripts, facts)}
        session.execute("set client_min_messages = debug1")

        for number, script in enumerate(scripts):
            done = heavy_statements(session, [s.text for s in script.statements if s.transactional])
            assert {(number, index) for index in done} <= said


def heavy_statements(session: Session, texts: list[str]) -> Iterator[int]:
    """Yield those that read or write all rows of a table that others cannot write meanwhile."""
    there = set(files(session))
    session.execute("begin")
    for index, text in enumerate(texts):
        session.notices.clear()
        try:
            session.run(text)
        except StatementFailed:
            session.execute("rollback")
            return
        found = [match for notice in session.notices if (match := HEAVY.match(notice.message))]
        tables = {match["read"] or match["built"] for match in found} & there
        if any(match["key"] for match in found) or any(
            strongest_lock(
                session, str(session.value("select %(t)s::text::regclass::oid", t=table))
            )
            for table in tables
        ):
            yield index
    session.execute("commit")
