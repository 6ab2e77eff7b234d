"""A value added to an enum is committed before the same file uses it."""

import pytest

from tests.integration.migrations.conftest import Project


def test_a_value_is_added_and_used_in_one_file(project: Project) -> None:
    project.run("create type state as enum ('new')", "create table t (s state default 'new')")
    project.write(
        "1_a.sql",
        "alter table t add note text;\nalter type state add value 'it''s paid';\n"
        "alter table t alter s set default 'it''s paid';\ninsert into t default values;",
    )

    project.applied()

    assert project.value("select s::text from t") == "it's paid"
    assert project.rows("select state, statements_done from vado.migration") == [
        {"state": "applied", "statements_done": 4}
    ]


def test_the_use_of_a_new_value_goes_on_after_a_failure(project: Project) -> None:
    project.run("create type state as enum ('new')", "create table t (s state)")
    text = "alter type state add value 'paid';\ninsert into t values ('paid');\n{last}"
    project.write("1_a.sql", text.format(last="select 1/0;"))

    assert project.apply().state == "failed"

    assert project.states() == {"1": "partial"}
    assert project.value("select count(*) from t") == 0
    project.write("1_a.sql", text.format(last="select 1;"))
    project.applied()
    assert project.value("select count(*) from t") == 1


@pytest.mark.parametrize(
    "text",
    [
        "alter type state add value 'paid';\ncreate table u (a int);\nselect 1/0;",
        (
            "create type fresh as enum ('new');\nalter type fresh add value 'paid';\n"
            "create table u (s fresh default 'paid');\nselect 1/0;"
        ),
        (
            "alter type state rename value 'new' to 'paid';\n"
            "create table u (s state default 'paid');\nselect 1/0;"
        ),
    ],
    ids=["not used", "new type", "renamed"],
)
def test_what_may_share_a_transaction_stays_whole(project: Project, text: str) -> None:
    project.run("create type state as enum ('new')")
    project.write("1_a.sql", text)

    assert project.apply().state == "failed"

    assert project.states() == {"1": "pending"}
    assert project.value("select to_regclass('u') is null")
