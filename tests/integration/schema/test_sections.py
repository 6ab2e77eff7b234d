"""Privileges in a section of their own, and an order in which the changes could be made."""

from collections.abc import Callable

import pytest

from vado.database import Session, Target, connect
from vado.schema import Change, diff_databases, read_catalogue

Run = Callable[[Session, str], None]
Compare = Callable[[str, str], tuple[Change, ...]]


@pytest.fixture
def compare(database: Target, another: Target, run: Run) -> Compare:
    def compare(one: str, other: str) -> tuple[Change, ...]:
        catalogues = []
        for target, script in ((database, one), (another, other)):
            with connect(target) as session:
                run(session, script)
                catalogues.append(read_catalogue(session))
        return diff_databases(*catalogues)

    return compare


def test_grants_and_structure_of_one_table_are_two_changes(compare: Compare) -> None:
    changes = compare(
        "create table t (a int)",
        "create table t (a int) with (fillfactor = 50); grant select on t to public",
    )

    assert [(c.identity, c.section, c.details[0].property) for c in changes] == [
        ("public.t", "structure", "options"),
        ("public.t", "access", "grants"),
    ]


def test_default_privileges_and_grants_on_the_systems_own_are_access(compare: Compare) -> None:
    changes = compare(
        "select 1",
        "alter default privileges grant select on tables to public;"
        "revoke execute on function pg_sleep(double precision) from public",
    )

    assert [(c.kind, c.section, c.action) for c in changes] == [
        ("default_privileges", "access", "add"),
        ("privileges", "access", "add"),
    ]


def test_who_granted_is_told_when_it_was_not_the_owner(session: Session, run: Run) -> None:
    roles = "create role giver; create role taker; grant giver to current_user;"
    try:
        run(session, roles)
        run(
            session,
            "create table t (a int); grant select on t to giver with grant option;"
            "set role giver; grant select on t to taker; reset role",
        )
        table = read_catalogue(session).find("table", "public.t")
    finally:
        run(session, "drop table t; drop role giver; drop role taker")

    assert table is not None
    assert table.texts("grants") == (
        "grant SELECT to giver with grant option",
        "grant SELECT to taker granted by giver",
    )


def test_changes_come_in_an_order_in_which_they_can_be_made(compare: Compare) -> None:
    changes = compare(
        "create table a (x int)",
        "create type z as enum ('q'); create table a (x int, y z);"
        "create view b as select y from a; create view a2 as select * from b;"
        "create function f() returns setof a2 language sql as 'select * from a2'",
    )

    assert [change.identity for change in changes] == [
        "public.z",
        "public.a.y",
        "public.b",
        "public.a2",
        "public.f()",
    ]


def test_removals_come_last_and_the_other_way_round(compare: Compare) -> None:
    changes = compare(
        "create table a (x int); create view b as select x from a;"
        "create view a2 as select * from b",
        "create table c (x int)",
    )

    assert [(c.action, c.identity) for c in changes] == [
        ("add", "public.c"),
        ("remove", "public.a2"),
        ("remove", "public.b"),
        ("remove", "public.a"),
    ]
