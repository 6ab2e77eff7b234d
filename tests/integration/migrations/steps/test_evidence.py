"""A step whose end nobody saw is judged by what the catalogue shows, not by what was hoped."""

import pytest

from tests.integration.migrations.conftest import Project

pytestmark = pytest.mark.fault

BEFORE = "create table t (a int);\ninsert into t values (1), (1);\nvacuum t;\n"


def stopped_at(project: Project, statement: str) -> None:
    """Leave what a killed Vado leaves when the server went on: done, and nobody wrote it down."""
    project.write("1_a.sql", f"{BEFORE}{statement};\nselect 1/0;")
    assert project.apply().state == "failed"
    project.run(
        "update vado.migration_step set state = 'started' where number = 3",
        "delete from vado.migration_step where number > 3",
        "update vado.migration set statements_done = 3",
    )
    project.write("1_a.sql", f"{BEFORE}{statement};\ncreate table u (a int);")


def journal(project: Project) -> list[tuple[int, str]]:
    rows = project.rows("select number, state from vado.migration_step order by number")
    return [(row["number"], row["state"]) for row in rows]


CREATE = "create index concurrently t_a on t (a)"


@pytest.mark.parametrize("name", ["t_a", ""])
def test_an_index_that_the_server_finished_alone_is_not_built_again(
    project: Project, name: str
) -> None:
    stopped_at(project, f"create index concurrently {name} on t (a)")
    oid = project.value("select indexrelid from pg_index where indrelid = 't'::regclass")

    project.applied()

    assert project.states() == {"1": "applied"}
    assert project.value("select indexrelid from pg_index where indrelid = 't'::regclass") == oid
    assert journal(project) == [(2, "done"), (3, "done")]


def test_an_invalid_index_that_was_left_behind_is_built_again(project: Project) -> None:
    project.write("1_a.sql", f"{BEFORE}create unique index concurrently t_a on t (a);")
    operation = project.apply()
    assert operation.error is not None
    assert operation.error["details"]["sqlstate"] == "23505"
    assert project.value("select not indisvalid from pg_index where indrelid = 't'::regclass")

    project.run("delete from t where ctid = '(0,1)'")
    again = project.applied()

    assert project.value("select indisvalid from pg_index where indrelid = 't'::regclass")
    assert project.states() == {"1": "applied"}
    told = [line["message"] for line in project.vado.jobs.log_of(again.id)]
    assert "dropped the invalid index public.t_a, left by an earlier try" in told


def test_a_corrected_statement_does_not_keep_the_invalid_index_of_the_old_one(
    project: Project,
) -> None:
    project.write("1_a.sql", f"{BEFORE}create unique index concurrently t_u on t (a);")
    assert project.apply().state == "failed"

    project.write("1_a.sql", f"{BEFORE}create index concurrently t_a on t (a);")
    project.applied()

    assert project.rows(
        "select indexrelid::regclass::text as name, indisvalid from pg_index"
        " where indrelid = 't'::regclass"
    ) == [{"name": "t_a", "indisvalid": True}]


def test_an_invalid_index_of_somebody_else_is_not_touched_and_not_called_done(
    project: Project,
) -> None:
    project.run("create table t (a int)", "insert into t values (1), (1)")
    with pytest.raises(Exception, match="could not create unique index"):
        project.run("create unique index concurrently t_a on t (a)")
    project.write("1_a.sql", "create index concurrently if not exists t_a on t (a);")

    operation = project.apply()

    assert operation.error is not None
    assert "t_a exists and is invalid" in operation.error["message"]
    assert "drop index concurrently t_a" in operation.error["hint"]
    assert project.value("select not indisvalid from pg_index where indrelid = 't'::regclass")


def test_an_index_that_is_gone_already_is_not_dropped_again(project: Project) -> None:
    project.run("create table old (a int)", "create index old_a on old (a)")
    stopped_at(project, "drop index concurrently old_a")

    project.applied()

    assert project.states() == {"1": "applied"}
    assert journal(project) == [(2, "done"), (3, "done")]


def test_a_partition_is_detached_once(project: Project) -> None:
    project.write(
        "1_a.sql",
        "create table p (a int) partition by list (a);\n"
        "create table p1 partition of p for values in (1);\n"
        "alter table p detach partition p1 concurrently;\nvacuum missing;",
    )
    assert project.apply().state == "failed"
    found = project.value("select found from vado.migration_step where number = 2")
    assert found["partition"] == {"schema": "public", "name": "p1"}
    project.run(
        "update vado.migration_step set state = 'started' where number = 2",
        "delete from vado.migration_step where number = 3",
        "update vado.migration set statements_done = 2",
    )
    project.write("1_a.sql", (project.folder / "1_a.sql").read_text().replace("missing", "p1"))

    project.applied()

    assert project.states() == {"1": "applied"}


def test_what_a_broken_reindex_leaves_is_dropped(project: Project) -> None:
    project.write("1_a.sql", f"{BEFORE}{CREATE};\nreindex table concurrently missing;")
    assert project.apply().state == "failed"
    with pytest.raises(Exception, match="could not create unique index"):
        project.run("create unique index concurrently t_a_ccnew on t (a)")
    project.write("1_a.sql", f"{BEFORE}{CREATE};\nreindex table concurrently t;")

    project.applied()

    names = project.rows(
        "select indexrelid::regclass::text as name from pg_index where indrelid = 't'::regclass"
    )
    assert names == [{"name": "t_a"}]


def test_a_half_done_migration_goes_on_with_what_it_has_set(project: Project) -> None:
    project.run("create schema app")
    project.write(
        "1_a.sql", "set search_path = app;\ncreate table t (a int);\nvacuum t;\nvacuum missing;"
    )
    assert project.apply().state == "failed"

    project.write(
        "1_a.sql",
        "set search_path = app;\ncreate table t (a int);\nvacuum t;\n"
        "create index concurrently t_a on t (a);\ncreate table u (a int);",
    )
    project.applied()

    assert project.value("select to_regclass('app.u') is not null")


def test_a_corrected_rest_may_share_a_transaction_with_what_is_done(project: Project) -> None:
    project.write("1_a.sql", "create table t (a int);\nvacuum missing;")
    assert project.apply().state == "failed"

    project.write("1_a.sql", "create table t (a int);\ncreate table u (a int);")
    project.applied()

    assert project.states() == {"1": "applied"}
    assert project.value("select to_regclass('u') is not null")
