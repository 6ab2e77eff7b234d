"""Every change between these types is made on a real server, and does what is said of it."""

import pytest

from vado.database import EmbeddedServer, Session, connect
from vado.errors import StatementFailed
from vado.risks.column_types import type_named, verdict
from vado.sql import parse_script

TYPES = """
smallint, integer, bigint, numeric, numeric(10,2), numeric(12,2), numeric(10,4), numeric(8,1),
real, double precision, text, character varying, character varying(10), character varying(20),
character(5), character(9), boolean, date, timestamp without time zone,
timestamp(0) without time zone, timestamp(3) without time zone, timestamp with time zone,
timestamp(3) with time zone, time without time zone, time(2) without time zone,
time with time zone, interval, interval(1), json, jsonb, uuid, bytea, cidr, inet, macaddr, bit(4),
bit(8), bit varying, bit varying(4), bit varying(8), oid, regclass, xml, money, name, "char",
integer[], bigint[], text[], character varying[], character varying(5)[], character varying(9)[],
numeric(10,2)[], numeric(12,2)[], numeric[], timestamp(0) without time zone[],
timestamp without time zone[], int4range, tsvector
"""
# The commas between types stand after a space-free end; those inside parentheses do not.
NAMES = [name.strip() for name in TYPES.replace("\n", " ").split(", ")]

pytestmark = pytest.mark.matrix


@pytest.mark.parametrize("old", NAMES)
def test_every_change_from_a_type_does_what_is_said(cluster: EmbeddedServer, old: str) -> None:
    with connect(cluster.target()) as session:
        session.execute("set timezone = 'Europe/Madrid'")
        for new in (name for name in NAMES if name != old):
            done = change(session, old, new)
            if done is not None:
                seen, cast = done
                said = verdict(type_named(old), type_named(new), cast=cast)
                assert seen == {"harmless": "harmless", "reindex": "reindex"}.get(
                    said, "rewrite"
                ), f"{old} to {new}: said {said}"


def change(session: Session, old: str, new: str) -> tuple[str, bool] | None:
    """Change a column, by a cast where it must be; None where PostgreSQL cannot at all."""
    session.execute("drop table if exists t")
    run(session, f"create table t (a {old})")
    indexed = run(session, "create index on t (a)")
    before = files(session, indexed=indexed)
    cast = not run(session, f"alter table t alter a type {new}")
    if cast and not run(session, f"alter table t alter a type {new} using a::{new}"):
        return None
    table, index = files(session, indexed=indexed)
    if table != before[0]:
        return "rewrite", cast
    return "harmless" if index == before[1] else "reindex", cast


def run(session: Session, text: str) -> bool:
    [statement] = parse_script(text).statements
    try:
        session.run(statement.text)
    except StatementFailed:
        return False
    return True


def files(session: Session, *, indexed: bool) -> tuple[int, int | None]:
    table = session.value("select pg_relation_filenode('t')::int")
    return table, session.value("select pg_relation_filenode('t_a_idx')::int") if indexed else None
