"""Every property of every kind: one statement, one difference seen.

Each line is run and rolled back in a database that has one of everything. What the lines of
seen.sql change was seen in the text of pg_dump, too; what the others change was not.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from vado.database import EmbeddedServer, Identifier, Session, connect
from vado.schema import Catalogue, diff_databases, diff_same_database, read_catalogue
from vado.sql import parse_script

HERE = Path(__file__).parent
SERVERS = "create schema app;", "create extension hstore;"
ROLES = "do $$ begin create role alice superuser; create role bob; end $$"
# `make test` takes every so many of the lines, `make test-all` takes all.
BOUND = 6


def lines(name: str) -> Iterator[tuple[int, str]]:
    """Yield statements with the first version that knows them."""
    since = 14
    for line in (HERE / "differences" / name).read_text().splitlines():
        if found := re.fullmatch(r"-- pg: (\d+)", line):
            since = int(found[1])
        elif not line.startswith("--"):
            yield since, line


SEEN = [
    pytest.param(since, line, id=line, marks=() if number % BOUND == 0 else pytest.mark.campaign)
    for number, (since, line) in enumerate(lines("seen.sql"))
]


@pytest.fixture(scope="module")
def standing(cluster: EmbeddedServer) -> Iterator[tuple[Session, Catalogue]]:
    """A database with one of everything, and its catalogue."""
    name = Identifier("one_of_everything")
    with connect(cluster.target()) as session:
        session.execute("create database {name}", identifiers={"name": name})
        session.run(ROLES)
    with connect(cluster.target("one_of_everything")) as session:
        for statement in parse_script(base(session.server_version)).statements:
            session.run(statement.text)
        session.execute("set allow_system_table_mods = on")
        yield session, read_catalogue(session)
    with connect(cluster.target()) as session:
        session.execute("drop database {name} with (force)", identifiers={"name": name})
        session.run("drop role alice")
        session.run("drop role bob")


def base(version: int) -> str:
    rare = (HERE / "rare.sql").read_text()
    for statement in SERVERS:
        rare = rare.replace(statement, "")
    more = (HERE / "differences" / "base.sql").read_text()
    if version < 150000:
        more = re.sub(r".*security_invoker.*\n", "", more)
    return (HERE / "everything.sql").read_text() + rare + more


def changed(session: Session, line: str) -> Catalogue:
    """Run a line, read, and take it back."""
    session.run("begin")
    try:
        for statement in parse_script(line).statements:
            session.run(statement.text)
        session.run("reset role")
        return read_catalogue(session)
    finally:
        session.run("rollback")


@pytest.mark.parametrize(("since", "line"), SEEN)
def test_what_a_dump_shows_is_seen(
    standing: tuple[Session, Catalogue], since: int, line: str
) -> None:
    session, before = standing
    if session.server_version < since * 10_000:
        pytest.skip(f"for PostgreSQL {since} and later")

    after = changed(session, line)

    assert diff_databases(before, after) != ()
    assert diff_databases(after, before) != ()
    assert diff_same_database(before, after) != ()


@pytest.mark.parametrize("line", [line for _since, line in lines("unseen.sql")])
def test_what_a_dump_does_not_show_is_no_difference(
    standing: tuple[Session, Catalogue], line: str
) -> None:
    session, before = standing

    assert diff_databases(before, changed(session, line)) == ()
