"""Which statements PostgreSQL refuses inside a transaction: asked of the server itself."""

from collections.abc import Iterator

import pytest

from vado.database import Session, Target, connect
from vado.errors import StatementFailed
from vado.sql import parse_script

PREPARED = """
create table t (a int);
create index t_a on t (a);
create table parts (a int) partition by range (a);
create table part partition of parts for values from (0) to (1);
create index parts_a on parts (a);
create type colour as enum ('red');
create materialized view m as select 1 as a;
create unique index m_a on m (a);
create subscription following connection 'host=/nowhere' publication p
with (connect = false, slot_name = none);
alter subscription following set (slot_name = following);
alter subscription following enable
"""

OUTSIDE = """
create database test_x
drop database test_x
alter database {database} set tablespace pg_default
create tablespace test_x location '/nowhere'
drop tablespace test_x
alter system set work_mem = '8MB'
alter system reset work_mem
vacuum
vacuum t
vacuum (analyze) t
cluster
create index concurrently on t (a)
drop index concurrently t_a
reindex index concurrently t_a
reindex (concurrently) table t
reindex (concurrently 1) table t
reindex schema public
reindex database {database}
reindex system {database}
alter table parts detach partition part concurrently
create subscription s connection 'host=/nowhere' publication p
create subscription s connection 'host=/nowhere' publication p with (create_slot = 1)
alter subscription following refresh publication
alter subscription following set publication q
alter subscription following add publication q
drop subscription following
discard all
"""

INSIDE = """
alter database {database} with allow_connections true
analyze
cluster t using t_a
create index on t (a)
drop index t_a
reindex table t
reindex (concurrently false) table t
reindex (concurrently off) table t
reindex (concurrently 0) table t
alter table parts detach partition part
create subscription s connection 'host=/nowhere' publication p with (connect = false)
create subscription s connection 'host=/nowhere' publication p with (connect = off)
alter subscription following set publication q with (refresh = false)
alter subscription following disable
discard temp
refresh materialized view concurrently m
alter type colour add value 'blue'
truncate t
lock table t
checkpoint
prepare q as select 1
drop table t
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.fixture
def session(database: Target) -> Iterator[Session]:
    with connect(database) as session:
        for statement in parse_script(PREPARED).statements:
            session.run(statement.text)
        yield session
        session.run("alter subscription following disable")
        session.run("alter subscription following set (slot_name = none)")
        session.run("drop subscription following")


def outcome(session: Session, statement: str) -> str:
    """Run a statement in a transaction that is rolled back; return its SQLSTATE, or ""."""
    session.run("begin")
    try:
        session.run(statement)
    except StatementFailed as error:
        return str(error.details["sqlstate"])
    finally:
        session.run("rollback")
    return ""


def test_what_is_called_non_transactional_is_refused_inside(session: Session) -> None:
    for line in lines(OUTSIDE):
        text = line.format(database=session.target.dbname)
        [statement] = parse_script(text).statements

        assert (text, statement.transactional) == (text, False)
        assert (text, outcome(session, text)) == (text, "25001")


def test_what_is_called_transactional_runs_inside(session: Session) -> None:
    for line in lines(INSIDE):
        text = line.format(database=session.target.dbname)
        [statement] = parse_script(text).statements

        assert (text, statement.transactional) == (text, True)
        assert (text, outcome(session, text)) == (text, "")


def test_a_partitioned_table_is_the_one_case_that_only_the_server_knows(session: Session) -> None:
    for text in ("reindex table parts", "reindex index parts_a"):
        [statement] = parse_script(text).statements

        assert statement.transactional
        assert outcome(session, text) == "25001"
