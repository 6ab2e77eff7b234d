"""Schemas larger, deeper and rounder than people make them."""

from collections.abc import Callable

import pytest

from vado.database import Session, Target, connect
from vado.schema import (
    Change,
    diff_databases,
    diff_same_database,
    fingerprint,
    read_catalogue,
    rename_candidates,
    render_ddl,
)
from vado.sql import canonical_expression, canonical_query

Run = Callable[[Session, str], None]
ChangesOf = Callable[[str, str], tuple[Change, ...]]

CIRCLE = """
create table a (id int primary key, b int);
create table b (id int primary key, c int);
create table c (id int primary key, a int references a);
alter table a add foreign key (b) references b;
alter table b add foreign key (c) references c;
"""


def nested(depth: int) -> str:
    """An expression that PostgreSQL prints with as many parentheses around each other."""
    return "(" * depth + "a" + " + 1)" * depth


def test_five_thousand_columns_are_told_apart(session: Session, run: Run) -> None:
    columns = ", ".join(f"c{n} int" for n in range(500))
    run(session, ";".join(f"create table t{n} ({columns})" for n in range(10)))
    before = read_catalogue(session)

    run(session, "alter table t9 rename c499 to last; alter table t0 drop c0")
    after = read_catalogue(session)

    assert len(before.of_kind("column")) == 5000
    assert [(c.action, c.identity) for c in diff_same_database(before, after)] == [
        ("rename", "public.t9.c499"),
        ("remove", "public.t0.c0"),
    ]
    assert [one.new_identity for one in rename_candidates(before, after)] == ["public.t9.last"]


def test_tables_that_need_each_other_are_compared_and_rendered(
    database: Target, another: Target, run: Run
) -> None:
    catalogues = []
    with connect(database) as session:
        run(session, CIRCLE)
        catalogues.append(read_catalogue(session))
    with connect(another) as session:
        empty = read_catalogue(session)
        run(session, render_ddl(catalogues[0]))
        catalogues.append(read_catalogue(session))

    assert diff_databases(*catalogues) == ()
    added = diff_databases(empty, catalogues[0])
    assert {change.identity for change in added} == {"public.a", "public.b", "public.c"}
    assert len(diff_databases(catalogues[0], empty)) == 3


def test_fifty_views_on_each_other_are_one_change_each(changes_of: ChangesOf) -> None:
    views = "create table t (a int); create view v0 as select a from t;"
    for n in range(1, 50):
        views += f"create view v{n} as select a from v{n - 1};"  # noqa: S608 (numbers)

    changes = changes_of(views, "drop view v0 cascade")

    assert [change.identity for change in changes] == [f"public.v{n}" for n in range(49, -1, -1)]


def test_a_deep_expression_is_compared(session: Session, run: Run) -> None:
    run(session, f"create table t (a int, check (a > 0 and {nested(800)} > 0))")
    before = read_catalogue(session)

    run(session, "alter table t drop constraint t_a_check")
    run(session, f"alter table t add constraint t_a_check check (a > 0 and {nested(799)} > 0)")
    after = read_catalogue(session)

    [change] = diff_same_database(before, after)
    assert change.identity == "public.t.t_a_check"
    assert fingerprint(before) != fingerprint(after)


@pytest.mark.parametrize("depth", [1_000, 20_000])
def test_parentheses_without_end_are_text_at_last(depth: int) -> None:
    text = "(" * depth + "a AND b" + ")" * depth

    assert canonical_expression(text)
    assert canonical_query("select " + text)
