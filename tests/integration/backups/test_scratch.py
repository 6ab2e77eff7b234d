"""Databases that stand beside others for the length of a block."""

import time

import pytest

from vado.backups import scratch_beside
from vado.database import Identifier, connect


def test_it_is_like_the_one_it_stands_beside_and_gone_afterwards(environment, cluster):
    about = (
        "select encoding, datcollate, datctype from pg_database where datname = current_database()"
    )
    latin = {"name": Identifier(f"{environment.target.dbname}_latin")}
    with connect(cluster.target()) as session:
        provider = "locale_provider libc" if session.server_version >= 150000 else ""
        session.execute(
            f"create database {{name}} template template0 encoding 'LATIN1' locale 'C' {provider}",
            identifiers=latin,
        )
    target = environment.target.with_database(f"{environment.target.dbname}_latin")

    with (
        scratch_beside(target) as scratch,
        connect(scratch) as session,
        connect(target) as other,
    ):
        assert session.row(about) == other.row(about)

    with pytest.raises(KeyError), scratch_beside(target) as scratch:
        raise KeyError
    with connect(cluster.target()) as session:
        there = "select count(*) from pg_database where datname = %(name)s"
        assert session.value(there, name=scratch.dbname) == 0


def test_what_a_killed_vado_left_long_ago_is_dropped_by_the_next(environment, cluster):
    now = int(time.time())
    old, young = (f"vado_scratch_{at}_{now:x}" for at in (now - 4000, now - 3000))
    with connect(cluster.target()) as session:
        for name in (old, young):
            session.execute("create database {name}", identifiers={"name": Identifier(name)})

        with scratch_beside(environment.target):
            pass

        rows = session.rows("select datname from pg_database where datname ~ '^vado_scratch'")
        session.execute("drop database {name}", identifiers={"name": Identifier(young)})
    assert [row["datname"] for row in rows] == [young]
