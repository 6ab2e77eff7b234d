"""What a plan would lose in the target, counted there."""

import pytest

from tests.integration.preview.conftest import Preview, Silent
from vado.database import Target, connect
from vado.operations import Job
from vado.preview import impact
from vado.schema import Change, read_catalogue


def run(target: Target, *statements: str) -> None:
    with connect(target) as session:
        for statement in statements:
            session.run(statement)


def losses(plan) -> list[tuple]:
    return [(x.identity, x.kind, x.rows, x.exact, x.line) for x in plan.losses]


def test_dropped_columns_count_their_values_and_tables_their_rows(
    database: Target, preview: Preview
):
    run(
        database,
        "create table t (id int, note text)",
        "insert into t select i, case when i > 3 then 'x' end from generate_series(1, 10) i",
        'create table "Odd ""name"" é" (id int)',
        'insert into "Odd ""name"" é" values (1), (2)',
    )

    plan = preview('alter table t drop column note;\ndrop table "Odd ""name"" é";')

    assert sorted(losses(plan)) == [
        ('public."Odd ""name"" é"', "rows", 2, True, 2),
        ("public.t.note", "values", 7, True, 1),
    ]


def test_the_loss_of_a_column_with_a_quoted_name_has_its_line(database: Target, preview: Preview):
    run(database, 'create table t (id int, "Old Note" text)', "insert into t values (1, 'x')")

    plan = preview('alter table t drop column "Old Note";')

    assert losses(plan) == [('public.t."Old Note"', "values", 1, True, 1)]


def test_truncate_and_delete_without_where_count_rows(database: Target, preview: Preview):
    run(
        database,
        "create table t (id int)",
        "create table u (id int)",
        "insert into t values (1), (2), (3)",
        "insert into u values (1)",
    )

    plan = preview("truncate t;", "delete from u;")

    assert sorted(losses(plan)) == [
        ("public.t", "rows", 3, True, 1),
        ("public.u", "rows", 1, True, 1),
    ]


def test_a_table_renamed_before_it_is_dropped_is_counted_under_its_present_name(
    database: Target, preview: Preview
):
    run(database, "create table t (id int)", "insert into t values (1), (2)")

    plan = preview("alter table t rename to gone;", "drop table gone;")

    assert [(x.identity, x.rows) for x in plan.losses] == [("public.t", 2)]


def test_harmless_plans_lose_nothing(database: Target, preview: Preview):
    run(database, "create table t (id int)")

    plan = preview("alter table t add column x int;", "create index on t (x);")

    assert plan.losses == ()
    assert not plan.destructive


def test_a_count_that_cannot_be_had_in_time_becomes_a_marked_estimate(
    database: Target, monkeypatch: pytest.MonkeyPatch
):
    run(
        database,
        "create table t (id int)",
        "insert into t select generate_series(1, 100)",
        "analyze t",
    )
    monkeypatch.setattr(impact, "_LIMIT_EACH", "100ms")
    dropped = Change("table", "public.t", "remove", destructive=True, details=())
    with connect(database) as session, connect(database) as blocker:
        before = read_catalogue(session)
        with blocker.transaction():
            blocker.run("lock table t in access exclusive mode")
            job = Job("op_test", Silent())
            [loss] = impact.count_losses(session, before, [dropped], [], job)

    assert (loss.rows, loss.exact) == (100, False)
