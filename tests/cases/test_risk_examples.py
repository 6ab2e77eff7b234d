"""Several hundred short examples over one database, risk_examples/shop.sql, each with its verdict.

A line of examples.txt: the rules that find something with the catalogue at hand, those that do so
without it (`=`: the same), the first version that has the statement, and the statement itself, with
`=>` behind what is there before it. Each is run as well, and rolled back: whatever the server is
seen to rewrite, read or build while others cannot write has to be found.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import fresh_database
from vado.database import EmbeddedServer, Session, connect
from vado.errors import StatementFailed
from vado.risks import Facts, judge
from vado.schema import read_catalogue, read_sizes
from vado.sql import Script, parse_script

FOLDER = Path(__file__).parent / "risk_examples"
EXAMPLES = (FOLDER / "examples.txt").read_text().splitlines()
HEAVY = re.compile(
    r'(?:rewriting|verifying) table "(?P<read>[^"]+)"|building index .* on table "(?P<built>[^"]+)"'
)
BLOCKS_WRITES = "{ShareLock,ShareRowExclusiveLock,ExclusiveLock,AccessExclusiveLock}"

Shop = tuple[Session, Facts]


@pytest.fixture(scope="module")
def shop(cluster: EmbeddedServer) -> Iterator[Shop]:
    with (
        fresh_database(cluster, "risk_examples") as target,
        connect(target) as session,
    ):
        for statement in parse_script((FOLDER / "shop.sql").read_text()).statements:
            session.run(statement.text)
        session.execute("analyze")
        yield session, Facts(read_catalogue(session), read_sizes(session), session.server_version)


def rules(script: Script, facts: Facts) -> str:
    return ",".join(sorted({risk.rule for risk in judge([script], facts)})) or "harmless"


def heavy(session: Session, script: Script) -> bool:
    """Say whether the server went through all rows of a table that others could not write to."""
    there = {row["relname"] for row in session.rows("select relname from pg_class")}
    for statement in script.statements:
        if not statement.transactional:
            return False
        session.notices.clear()
        try:
            session.run(statement.text)
        except StatementFailed:
            return False
        found = [match for notice in session.notices if (match := HEAVY.match(notice.message))]
        tables = {match["read"] or match["built"] for match in found} & there
        if any(is_blocked(session, table) for table in tables):
            return True
    return False


def is_blocked(session: Session, table: str) -> bool:
    return bool(
        session.value(
            "select exists (select from pg_locks join pg_class on pg_class.oid = relation"
            " where pid = pg_backend_pid() and relname = %(table)s"
            " and mode = any(%(modes)s::text[]))",
            table=table,
            modes=BLOCKS_WRITES,
        )
    )


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_has_its_verdict_and_the_server_agrees(shop: Shop, example: str) -> None:
    expected, without, since, text = example.split(" | ", 3)
    session, facts = shop
    if since != "-" and session.server_version < int(since) * 10_000:
        pytest.skip(f"PostgreSQL {since} or later")
    before, _, migration = text.rpartition(" => ")
    script = parse_script(migration)
    session.execute("set client_min_messages = debug1")
    session.execute("begin")
    try:
        for statement in parse_script(before).statements:
            session.run(statement.text)
        if before:
            facts = replace(facts, catalogue=read_catalogue(session))

        assert rules(script, facts) == expected
        assert heavy(session, script) <= (expected != "harmless")
    finally:
        session.execute("rollback")
    alone = rules(script, Facts(server_version=facts.server_version))
    assert alone == (expected if without == "=" else without)


def test_there_are_enough_of_either_kind() -> None:
    harmless = sum(example.startswith("harmless ") for example in EXAMPLES)

    assert harmless > 200
    assert len(EXAMPLES) - harmless > 200
