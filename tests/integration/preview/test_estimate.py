"""How long a statement would hold its locks in the target, estimated and marked as that."""

from tests.integration.preview.conftest import Preview
from vado.database import Target, connect

LARGE = (
    "create table large (id int, note text)",
    "insert into large select g, repeat('n', 60) from generate_series(1, 30000) g",
    "create table small (id int)",
)


def run(target: Target, *statements: str) -> None:
    with connect(target) as session:
        for statement in statements:
            session.run(statement)


def test_work_on_a_large_table_is_estimated_by_its_real_size(database: Target, preview: Preview):
    run(database, *LARGE)

    plan = preview(
        "alter table large alter id type bigint; create index on large (id);"
        "alter table large add plain int; alter table small alter id type bigint;"
    )

    rewrite, build, plain, small = (s.estimate for s in plan.statements)
    assert rewrite is not None
    assert build is not None
    assert 0 < rewrite["low_ms"] < rewrite["high_ms"]
    assert (rewrite["basis"], build["basis"]) == ("this_machine", "this_machine")
    assert (plain, small) == (None, None)


def test_on_the_server_of_the_target_its_own_speed_counts(database: Target, preview: Preview):
    run(database, *LARGE)

    [statement] = preview("create index on large (id);", place="scratch").statements

    assert statement.estimate is not None
    assert statement.estimate["basis"] == "target"


def test_on_real_rows_what_was_measured_counts(database: Target, preview: Preview):
    run(database, *LARGE)

    [statement] = preview("create index on large (id);", place="copy").statements

    assert statement.estimate is not None
    assert statement.duration_ms is not None
    assert statement.estimate["basis"] == "rows"
    assert statement.estimate["low_ms"] <= statement.duration_ms <= statement.estimate["high_ms"]
