"""Two databases compared by names."""

from collections.abc import Callable

import pytest

from vado.database import Session, Target, connect
from vado.schema import (
    Change,
    Detail,
    comparison_document,
    diff_databases,
    fingerprint,
    read_catalogue,
)

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
        changes = diff_databases(*catalogues)
        # What differs for the reader differs for the fingerprint, too.
        assert bool(changes) == (fingerprint(catalogues[0]) != fingerprint(catalogues[1]))
        return changes

    return compare


def test_what_rows_may_forbid_is_remarked_on(database: Target, another: Target, run: Run) -> None:
    catalogues = []
    for target, script in (
        (database, "create table t (a int); create type e as enum ('x', 'y', 'z')"),
        (
            another,
            (
                "create table t (a int, b int not null, c int not null default 1, d int,"
                " e int not null generated always as identity);"
                "create table u (b int not null); create type e as enum ('x', 'z', 'new')"
            ),
        ),
    ):
        with connect(target) as session:
            run(session, script)
            catalogues.append(read_catalogue(session))

    remarks = comparison_document(*catalogues)["remarks"]

    found = {(one["code"], one["identity"]) for one in remarks}
    assert found == {("needs_value", "public.t.b"), ("value_goes", "public.e")}


def test_the_order_of_creation_is_no_difference(compare: Compare) -> None:
    one = "create table a (x int); create table b (y int); create view v as select 1 as a"
    other = "create view v as select 1 as a; create table b (y int); create table a (x int)"

    assert compare(one, other) == ()


def test_dropped_columns_leave_no_trace(compare: Compare) -> None:
    assert (
        compare(
            "create table t (a int, b int, c int); alter table t drop b",
            "create table t (a int, c int)",
        )
        == ()
    )


def test_conditions_written_otherwise_are_equal(compare: Compare) -> None:
    assert (
        compare(
            "create table t (s varchar(9) check (s in ('a', 'b') and (s > 'a' and s <> 'c')))",
            "create table t (s varchar(9) check "
            "((s)::text = any (array[('a'::varchar)::text, ('b'::varchar)::text])"
            " and s > 'a' and s <> 'c'))",
        )
        == ()
    )


def test_another_order_of_columns_is_told_on_the_table(compare: Compare) -> None:
    [change] = compare(
        "create table t (a int, b int, c int)", "create table t (c int, a int, b int)"
    )

    assert (change.kind, change.identity, change.action) == ("table", "public.t", "change")
    assert change.details == (Detail("column_order", ("a", "b", "c"), ("c", "a", "b")),)


def test_an_added_column_changes_no_order(compare: Compare) -> None:
    [change] = compare("create table t (a int, c int)", "create table t (a int, b int, c int)")

    assert (change.kind, change.action) == ("column", "add")


def test_a_rename_between_databases_is_a_removal_and_an_addition(compare: Compare) -> None:
    changes = compare("create table t (a int)", "create table t (b int)")

    assert [(c.action, c.identity, c.destructive) for c in changes] == [
        ("add", "public.t.b", False),
        ("remove", "public.t.a", True),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("create unlogged table t (a int)", "create table t (a int)"),
        ("create table t (a int default 1)", "create table t (a int default 2)"),
        ('create table t (a text collate "C")', "create table t (a text)"),
        ("create table t (a int check (a > 1))", "create table t (a int check (a > 2))"),
        (
            "create table t (a int check (a > 1 and a < 3))",
            "create table t (a int check (a > 1 or a < 3))",
        ),
        ("create sequence s", "create sequence s increment 2"),
        (
            "create sequence s",
            "create sequence s cycle",
        ),
        ("create type e as enum ('a', 'b')", "create type e as enum ('b', 'a')"),
        ("create domain d as text", "create domain d as text check (value > '')"),
        ("create view v as select 1 as a", "create view v as select 2 as a"),
        (
            "create view v as select 1 as a",
            "create view v with (security_barrier) as select 1 as a",
        ),
        (
            "create function f() returns int language sql as 'select 1'",
            "create function f() returns int language sql stable as 'select 1'",
        ),
        ("select 1", "comment on schema public is 'x'"),
    ],
)
def test_a_difference_is_seen(compare: Compare, one: str, other: str) -> None:
    assert len(compare(one, other)) >= 1
