"""What the rules claim about locks and rewrites is what a real server does.

Each statement runs in a transaction that is looked into before it is rolled back: the strongest
lock on a table others use (pg_locks), and whether its file was written anew (relfilenode).
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from vado.database import EmbeddedServer, Session, Target, connect
from vado.risks import RULES, Facts, Risk, judge
from vado.schema import read_catalogue, read_sizes
from vado.sql import parse_script

CASES = Path(__file__).parents[2] / "cases" / "risks" / "change-column-type"
# What they write anew holds other rows, or the rows of another category of risk.
NEW_FILE_WITHOUT_REWRITE = {"truncate", "refresh-materialized-view", "set-unlogged"}
STRENGTH = ["ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock"]

SHOP = """
create domain positive as int;
create table customers (id int primary key, code int constraint once unique, name text);
create table orders (
    id int not null, customer int constraint fk references customers, total int,
    number int, net int, gross int generated always as (net * 2) stored,
    constraint c check (total > 0), at positive
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
create policy own_rows on orders using (true);
insert into customers select n, n, n::text from generate_series(1, 100) as n;
insert into orders (id, customer, total, number, net, at)
select n, n, n, n, n, n from generate_series(1, 100) as n;
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


@pytest.fixture(scope="module")
def shop(cluster: EmbeddedServer) -> Iterator[Session]:
    """One database for all: whatever is done in it is rolled back."""
    with connect(cluster.target()) as session:
        session.execute("drop database if exists measured_shop")
        session.execute("create database measured_shop")
    with connect(cluster.target("measured_shop")) as session:
        for statement in parse_script(SHOP).statements:
            session.run(statement.text)
        session.execute("create table customers_copy as table customers")
        yield session


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


def observed(session: Session, table: str, text: str) -> tuple[str, bool]:
    """Return the strongest lock on the table, and whether its file is another one."""
    before = files(session)
    oid = str(session.value("select %(name)s::text::regclass::oid", name=table))
    with undone(session):
        for statement in parse_script(text).statements:
            session.run(statement.text)
        after = files(session)
        return strongest_lock(session, oid), before.get(table) != after.get(
            table, before.get(table)
        )


def spelled(lock: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", lock.removesuffix("Lock")).upper()


def risks_of(session: Session, text: str) -> list[Risk]:
    facts = Facts(read_catalogue(session), read_sizes(session), session.server_version)
    return list(judge([parse_script(text)], facts))


@pytest.mark.parametrize("claim", CLAIMS)
def test_rule_claims_the_lock_that_the_server_takes(shop: Session, claim: str) -> None:
    rule, table, file, text = claim.split(" | ")
    risk = next(risk for risk in risks_of(shop, text) if risk.rule == rule)

    lock, rewritten = observed(shop, table, text)

    assert risk.params["lock"] == spelled(lock)
    assert rewritten == (file == "rewrites")
    if rule not in NEW_FILE_WITHOUT_REWRITE:
        assert rewritten == (risk.category == "rewrite")


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
            before = files(session)
            session.run(statement.text)
            changed = {key for key, file in files(session).items() if before[key] != file}

            assert changed == what_changes(said.get(statement.line), before)


def what_changes(variant: str | None, before: dict[str, int]) -> set[str]:
    match variant:
        case None:
            return set()
        case "reindex":
            return before.keys() - {"t"}
        case _:
            return set(before)


def test_every_lock_that_a_rule_claims_is_measured() -> None:
    measured = {claim.split(" | ")[0] for claim in CLAIMS}
    # These need a tablespace, a whole schema or another kind of table; their pages say where from.
    apart = {"cascade", "drop-schema", "set-tablespace", "change-column-type", "alter-constraint"}
    # A lock that an earlier statement took.
    apart |= {"long-transaction"}

    assert {rule.id for rule in RULES if rule.lock} - apart <= measured
