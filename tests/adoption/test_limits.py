"""What an adoption refuses, what can be accepted, and what it does a second time."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vado.application import start_apply, start_preview
from vado.migrations import ApplyRequest, Wanted
from vado.operations import Operation

Make = Callable[..., Any]


def codes(ended: Operation) -> list[str]:
    assert ended.result is not None, ended.error
    return [problem["code"] for problem in ended.result["problems"]]


@pytest.mark.parametrize("tool", ["flyway", "goose"])
def test_what_is_pending_applies_with_vado(foreign: Make, tool: str) -> None:
    project = foreign(tool)
    assert project.adopt().state == "succeeded"
    vado, environment = project.vado, project.vado.environment()

    preview = vado.jobs.wait(start_preview(vado, environment, Wanted()).id, 60)
    plan = vado.plans.get(preview.result["plan_id"])
    ended = vado.jobs.wait(start_apply(vado, environment, ApplyRequest(plan)).id, 60)

    assert ended.state == "succeeded", ended.error
    assert [m["name"] for m in ended.result["applied"]] == ["add_note"]
    project.run("select note from orders")


def test_dry_run_writes_nothing(foreign: Make) -> None:
    project = foreign("prisma")

    report = project.report()

    assert report["accepted"]
    assert project.rows("select to_regclass('vado.migration') as ledger") == [{"ledger": None}]
    assert not (project.folder / "vado").exists()


def test_schemas_are_created_with_consent_only(foreign: Make) -> None:
    ended = foreign("prisma").adopt(consent=False)

    assert ended.error["code"] == "consent_required"


def test_database_is_adopted_once(foreign: Make) -> None:
    project = foreign("prisma")
    project.adopt()

    ended = project.adopt()

    assert ended.error["code"] == "adoption_refused"
    assert "3 rows" in ended.error["message"]


def test_files_of_an_adoption_before_are_taken_as_they_are(foreign: Make) -> None:
    """The project is adopted for each of its databases, the files are written for the first."""
    project = foreign("flyway")
    written = project.adopt().result["files_written"]
    project.run("drop schema vado cascade", "drop schema vado_control cascade")

    again = project.adopt()

    assert len(written) == 5
    assert again.state == "succeeded", again.error
    assert again.result["files_written"] == []
    assert again.result["rows_written"] == 4


def test_file_that_is_there_and_differs_is_not_overwritten(foreign: Make) -> None:
    project = foreign("flyway")
    other = project.folder / "vado" / "20000101000002_add_orders.sql"
    other.parent.mkdir()
    other.write_text("select 'mine';\n")

    ended = project.adopt(accept_differences=True)

    assert codes(ended) == ["file_exists"]
    assert other.read_text() == "select 'mine';\n"


def test_differences_can_be_accepted_and_that_is_kept(foreign: Make) -> None:
    project = foreign("dbmate")
    project.run("drop view best_customers")

    ended = project.adopt(accept_differences=True)

    assert ended.state == "succeeded", ended.error
    assert not ended.result["proven"]
    kept = project.rows("select result from vado_control.operation where kind = 'adopt'")
    assert [c["identity"] for c in kept[0]["result"]["changes"]] == ["public.best_customers"]


def test_adoption_stands_in_the_audit_of_the_database(foreign: Make) -> None:
    project = foreign("sqitch")
    project.adopt()

    events = project.rows(
        "select action, outcome, subject from vado_control.audit_event order by id"
    )

    assert [(e["action"], e["outcome"], e["subject"]) for e in events] == [
        ("adopt", "intent", "sqitch"),
        ("adopt", "succeeded", "sqitch"),
    ]


def test_origin_keeps_what_the_other_ledger_said(foreign: Make) -> None:
    project = foreign("flyway")
    project.adopt()

    row = project.rows("select origin, finished_at from vado.migration order by version limit 1")[0]

    assert row["origin"]["checksum"] == "-738757997"
    assert row["origin"]["version"] == "1"
    assert row["origin"]["installed_by"] == "app"
    assert row["origin"]["file"] == "V1__create_customers.sql"
    assert row["origin"]["applied_at"] == row["finished_at"].isoformat()


def test_dirty_version_is_refused_whatever_is_accepted(foreign: Make) -> None:
    project = foreign("golang_migrate")
    project.run("update schema_migrations set dirty = true")

    assert codes(project.adopt(accept_differences=True)) == ["dirty"]


def test_failed_migration_of_prisma_is_refused(foreign: Make) -> None:
    project = foreign("prisma")
    project.run(
        "update _prisma_migrations set finished_at = null where migration_name like '%totals'"
    )

    assert "failed" in codes(project.adopt(accept_differences=True))


def test_undone_version_of_goose_is_pending(foreign: Make) -> None:
    project = foreign("goose")
    project.run(
        "insert into goose_db_version (version_id, is_applied) values (3, false)",
        "drop view best_customers",
        "drop trigger count_order on orders",
        "drop function count_order()",
        "alter table customers drop column orders_total",
    )

    report = project.report()

    assert report["proven"], report["changes"]
    assert [m["applied"] for m in report["migrations"]] == [True, True, False, False]


def test_baseline_of_flyway_stands_for_what_is_below(foreign: Make) -> None:
    project = foreign("flyway")
    project.run(
        "delete from flyway_schema_history where installed_rank <= 2",
        "insert into flyway_schema_history values"
        " (0, '2', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', null, 'app',"
        " now(), 0, true)",
    )

    report = project.report()

    assert report["proven"], report["problems"]
    assert [m["applied"] for m in report["migrations"]] == [True, True, True, True, False]


@pytest.mark.parametrize(
    ("tool", "file", "text", "code"),
    [
        ("goose", "migrations/00005_more.go", "package main", "not_sql"),
        ("node_pg_migrate", "migrations/1704445200009_more.js", "exports.up = 1", "not_sql"),
        ("flyway", "sql/V5__more.sql", "create table ${name} (id int);", "placeholder"),
        ("flyway", "sql/V5__More.java", "class V5__More {}", "not_sql"),
    ],
)
def test_what_is_no_sql_is_refused(
    foreign: Make, tool: str, file: str, text: str, code: str
) -> None:
    project = foreign(tool)
    (project.folder / file).write_text(text)

    assert codes(project.adopt(accept_differences=True)) == [code]


@pytest.mark.parametrize(
    ("tool", "pattern"),
    [
        ("dbmate", "20240212101530_*.sql"),
        ("prisma", "*_add_orders/migration.sql"),
        ("drizzle", "0001_*.sql"),
        ("sqitch", "deploy/add_orders.sql"),
    ],
)
def test_applied_migration_without_a_file_is_refused(
    foreign: Make, tool: str, pattern: str
) -> None:
    project = foreign(tool)
    project.file(pattern).unlink()

    assert "missing_file" in codes(project.adopt(accept_differences=True))


def test_edited_plan_of_sqitch_is_found_by_its_ids(foreign: Make) -> None:
    project = foreign("sqitch")
    plan = project.file("sqitch.plan")
    plan.write_text(plan.read_text().replace("15:49:44Z", "15:49:45Z"))

    ended = project.adopt()

    assert [p["message"].split()[0] for p in ended.result["problems"]] == [
        "add_orders",
        "add_totals",
    ]


def test_changed_order_of_graphile_migrate_breaks_its_chain(foreign: Make) -> None:
    project = foreign("graphile_migrate")
    path = project.file("000003-*.sql")
    path.write_text(path.read_text().replace("--! Previous: sha1:4f62", "--! Previous: sha1:0000"))

    assert "chain_broken" in codes(project.adopt())


def test_dbmate_is_adopted_in_its_own_folder_only(foreign: Make) -> None:
    ended = foreign("dbmate", migrations="elsewhere").adopt()

    assert codes(ended) == ["folder_differs"]
    assert "--migrations" in ended.error["hint"]


def test_files_of_two_formats_do_not_share_a_folder(foreign: Make) -> None:
    ended = foreign("golang_migrate", migrations="migrations").adopt()

    assert codes(ended) == ["folder_taken"]


def test_replay_that_fails_is_told_with_its_place(foreign: Make) -> None:
    project = foreign("dbmate")
    path = project.file("20240212101530_*.sql")
    path.write_text(path.read_text().replace("references customers", "references clients"))

    ended = project.adopt()

    assert codes(ended) == ["replay_failed"]
    assert ended.result["replay"]["error"]["sqlstate"] == "42P01"
    assert 'relation "clients" does not exist' in ended.error["message"]


def test_tool_is_asked_for_where_two_could_be_meant(foreign: Make) -> None:
    project = foreign("prisma")
    project.run("create table pgmigrations (id int, name text, run_on timestamp)")
    (project.folder / "migrations").mkdir()
    (project.folder / "migrations" / "1704445200000_more.sql").write_text("select 1;")

    ended = project.adopt()
    named = project.report(tool="prisma")

    assert ended.error["code"] == "usage"
    assert "prisma" in ended.error["message"]
    assert named["tool"] == "prisma"


def test_folder_without_a_project_is_told(foreign: Make, tmp_path: Path) -> None:
    project = foreign("prisma")
    project.folder = tmp_path / "prisma" / "prisma" / "nothing"
    project.folder.mkdir()

    assert project.adopt().error["code"] == "not_found"


def test_journal_that_cannot_be_read_is_told(foreign: Make) -> None:
    project = foreign("drizzle")
    project.file("_journal.json").write_text(json.dumps({"entries": [{"idx": 0}]}))

    ended = project.adopt(tool="drizzle")

    assert ended.error["code"] == "migration_file_invalid"
