"""What a status and a preview tell of a half-done migration, and of who is in the way."""

import pytest

from tests.integration.migrations.conftest import Project
from tests.integration.migrations.test_waits import held
from vado.application import status
from vado.migrations import Wanted, preview_pending
from vado.operations import Job, Request
from vado.preview import Plan


def test_the_status_tells_each_statement_of_a_half_done_migration(project: Project) -> None:
    project.write(
        "1_a.sql",
        "create table t (a int);\ninsert into t values (1), (1);\n"
        "create unique index concurrently t_a on t (a);\ncreate table u (a int);",
    )
    assert project.apply().state == "failed"

    partial = status(project.vado, project.environment)["partial"]

    assert (partial["version"], partial["direction"]) == ("1", "up")
    assert (partial["statements_done"], partial["statements_total"]) == (2, 4)
    assert [step["state"] for step in partial["steps"]] == ["done", "done", "failed", "pending"]
    failed = partial["steps"][2]
    assert "could not create unique index" in failed["error"]
    assert failed["left_behind"] == ["public.t_a"]
    assert failed["statement"].startswith("create unique index concurrently")


def preview(project: Project) -> Plan:
    plans: list[Plan] = []

    def work(job: Job) -> None:
        plans.append(preview_pending(project.environment, Wanted(None, "text"), job))

    project.ended(project.vado.start(Request("dry_run", project.environment.name), work))
    return plans[0]


def test_a_preview_names_who_holds_what_the_plan_touches(project: Project) -> None:
    project.run("create table t (a int)", "create table other (a int)", "create index t_a on t (a)")
    project.write("1_a.sql", "drop index t_a;")

    with held(project, "lock table other in share mode"):
        assert preview(project).blockers == ()
    with held(project) as pid:
        [blocker] = preview(project).blockers

    assert (blocker["kind"], blocker["pid"], blocker["table"]) == ("lock", pid, "t")
    assert blocker["application"] == "report"


@pytest.mark.parametrize(
    "sql",
    [
        "alter table t add column b int",
        "create index on t (a)",
        "alter table t rename to u",
        "create table v (t_a int references t (a))",
        "truncate t",
    ],
)
def test_a_preview_knows_the_table_of_every_kind_of_statement(project: Project, sql: str) -> None:
    project.run("create table t (a int primary key)")
    project.write("1_a.sql", f"{sql};")

    with held(project) as pid:
        [blocker] = preview(project).blockers

    assert (blocker["pid"], blocker["table"]) == (pid, "t")


def test_a_preview_of_rows_alone_names_nobody(project: Project) -> None:
    project.run("create table t (a int)")
    project.write("1_a.sql", "insert into t values (1);")

    with held(project):
        assert preview(project).blockers == ()
