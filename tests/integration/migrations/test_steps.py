"""Statements that run outside a transaction: journalled, and gone on with where they stopped."""

import pytest

from tests.integration.migrations.conftest import Project

pytestmark = pytest.mark.fault

MIXED = (
    "create table t (a int);\n"
    "insert into t values (1), (1);\n"
    "create index concurrently t_a on t (a);\n"
    "alter table t add b int;\n"
    "{middle}\n"
    "create table u (a int);\n"
    "drop index concurrently t_a;\n"
    "alter table t add c int;\n"
)


def journal(project: Project) -> list[tuple[int, str]]:
    rows = project.rows("select number, state from vado.migration_step order by number")
    return [(row["number"], row["state"]) for row in rows]


def test_concurrent_statements_share_a_file_with_others(project: Project) -> None:
    project.write("1_a.sql", MIXED.format(middle="vacuum t;"))

    project.applied()

    assert journal(project) == [(2, "done"), (4, "done"), (6, "done")]
    [row] = project.rows("select state, statements_done, statements_total from vado.migration")
    assert row == {"state": "applied", "statements_done": 8, "statements_total": 8}


def test_after_a_failure_in_the_middle_a_new_plan_goes_on_there(project: Project) -> None:
    project.write("1_a.sql", MIXED.format(middle="create unique index concurrently t_u on t (a);"))
    project.write("2_b.sql", "create table v (a int);")

    operation = project.apply()

    assert operation.state == "failed"
    assert operation.error is not None
    assert operation.error["details"]["line"] == 5
    assert operation.error["details"]["sqlstate"] == "23505"
    assert "rolled back" not in str(operation.error["hint"])
    assert project.states() == {"1": "partial", "2": "pending"}
    assert journal(project) == [(2, "done"), (4, "failed")]
    assert project.value("select statements_done from vado.migration") == 4

    project.run("drop index t_u", "delete from t")
    project.applied()

    assert project.states() == {"1": "applied", "2": "applied"}
    assert journal(project) == [(2, "done"), (4, "done"), (6, "done")]
    assert (
        project.value(
            "select count(*) from pg_attribute where attrelid = 't'::regclass"
            " and attname in ('b', 'c')"
        )
        == 2
    )


def test_the_rest_of_a_half_done_file_may_be_corrected(project: Project) -> None:
    project.write("1_a.sql", MIXED.format(middle="vacuum missing;"))
    assert project.apply().state == "failed"

    project.write("1_a.sql", MIXED.format(middle="vacuum t;"))

    assert project.states() == {"1": "partial"}
    project.applied()
    [row] = project.rows("select state, sql_text, checksum from vado.migration")
    assert row["state"] == "applied"
    assert "vacuum t;" in row["sql_text"]
    assert project.states() == {"1": "applied"}


def test_what_is_done_of_a_half_done_file_is_not_edited(project: Project) -> None:
    text = MIXED.format(middle="vacuum missing;")
    project.write("1_a.sql", text)
    assert project.apply().state == "failed"

    project.write("1_a.sql", text.replace("add b int", "add b text"))

    assert project.states() == {"1": "edited"}


def test_a_transactional_part_that_fails_is_rolled_back_alone(project: Project) -> None:
    project.write(
        "1_a.sql",
        "create table t (a int);\nvacuum t;\ncreate table u (a int);\nselect 1/0;\nvacuum u;",
    )

    operation = project.apply()

    assert operation.error is not None
    assert operation.error["details"]["line"] == 4
    assert project.states() == {"1": "partial"}
    assert project.value("select to_regclass('u') is null and to_regclass('t') is not null")
    assert project.value("select statements_done from vado.migration") == 2


def test_a_file_without_transaction_runs_one_by_one(project: Project) -> None:
    project.write(
        "1_a.sql", "-- migrate:up transaction:false\ncreate table t (a int);\nselect 1/0;\n"
    )

    assert project.apply().state == "failed"

    assert project.states() == {"1": "partial"}
    assert project.value("select to_regclass('t') is not null")
    assert journal(project) == [(0, "done"), (1, "failed")]


@pytest.mark.parametrize("header", ["", "-- migrate:up transaction:false\n"])
def test_a_role_holds_for_the_steps_after_it_and_not_for_the_ledger(
    project: Project, header: str
) -> None:
    project.run("do $$ begin create role other; exception when others then end $$")
    project.run("grant create, usage on schema public to other")
    project.write(
        "1_a.sql",
        f"{header}set role other;\ncreate table t (a int);\n"
        "create index concurrently on t (a);\ncreate table u (a int);\n",
    )
    project.write("2_b.sql", "create table v (a int);")

    project.applied()

    owners = project.rows(
        "select relname, relowner::regrole::text as owner from pg_class"
        " where relname in ('t', 'u', 'v') order by relname"
    )
    assert [row["owner"] for row in owners] == ["other", "other", project.target.user]
    project.run("drop owned by other")


def test_a_discard_of_everything_is_told_and_stops_there(project: Project) -> None:
    project.write("1_a.sql", "discard all;")
    project.write("2_b.sql", "create table t (a int);")

    operation = project.apply()

    assert operation.error is not None
    assert operation.error["code"] == "lock_not_obtained"
    assert project.states() == {"1": "partial", "2": "pending"}
