"""What the API refuses, and how it says so."""

import pytest

from tests.integration.api.conftest import CREATE, DROP, Project
from vado.database import connect


def refused(answer, status: int, code: str):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == {"code", "message", "hint", "details"}
    assert problem["code"] == code
    return problem


def test_apply_takes_a_plan_never_sql(project: Project):
    refused(project.send("POST", "/migrations/apply", json={}), 409, "plan_required")
    refused(
        project.send("POST", "/migrations/apply", json={"sql": "drop table x"}),
        422,
        "malformed_request",
    )


def test_an_edited_file_outdates_the_plan(project: Project):
    path = project.write("20260101000000_customers.sql", CREATE)
    plan = project.plan()
    path.write_text(CREATE + "-- edited\n")

    answer = project.send("POST", "/migrations/apply", json={"plan_id": plan["plan_id"]})

    problem = refused(answer, 409, "plan_outdated")
    assert problem["details"]["changed"] == ["files"]
    assert problem["hint"]
    assert project.get(f"/plans/{plan['plan_id']}")["state"] == "outdated"
    assert project.get("/status")["version"] is None


def test_a_changed_schema_outdates_the_plan(project: Project):
    project.write("20260101000000_customers.sql", CREATE)
    plan = project.plan()
    with connect(project.target) as session:
        session.run("create table by_hand (id int)")

    answer = project.send("POST", "/migrations/apply", json={"plan_id": plan["plan_id"]})

    assert refused(answer, 409, "plan_outdated")["details"]["changed"] == ["schema"]


def test_a_plan_is_consumed_by_the_first_apply(project: Project):
    project.write("20260101000000_customers.sql", CREATE)
    plan = project.plan()
    project.apply(plan["plan_id"])

    answer = project.send("POST", "/migrations/apply", json={"plan_id": plan["plan_id"]})

    refused(answer, 409, "plan_consumed")


def test_production_names_everything_that_is_missing_at_once(production: Project):
    production.write("20260101000000_customers.sql", CREATE)
    word = production.target.dbname
    production.apply(production.plan()["plan_id"], confirmation=word)
    production.write("20260102000000_drop_phone.sql", DROP)
    plan = production.plan()

    answer = production.send("POST", "/migrations/apply", json={"plan_id": plan["plan_id"]})

    missing = refused(answer, 409, "requirements_missing")["details"]["missing"]
    assert [(m["kind"], m["word"], m["rule"]) for m in missing] == [
        ("confirmation", word, None),
        ("accept_risk", None, "drop-column"),
    ]
    ended = production.apply(
        plan["plan_id"], confirmation=f" {word} ", accepted_risks=["drop-column"]
    )
    assert ended["state"] == "succeeded"
    assert ended["result"]["backup_id"]


def test_what_was_refused_is_written_down(project: Project):
    path = project.write("20260101000000_customers.sql", CREATE)
    plan = project.plan()
    path.write_text("select 2;")
    project.send("POST", "/migrations/apply", json={"plan_id": plan["plan_id"]})

    newest = project.get("/audit")["items"][0]

    assert (newest["action"], newest["outcome"]) == ("apply", "refused")
    assert newest["details"]["code"] == "plan_outdated"


def test_saving_over_somebody_elses_text_is_refused(project: Project):
    path = project.write("20260101000000_a.sql", "select 1;")
    read = project.get("/migrations/20260101000000")
    path.write_text("select 2;")
    body = {"text": "select 3;", "checksum": read["checksum"]}

    answer = project.send("PUT", "/migrations/20260101000000", json=body)

    problem = refused(answer, 409, "changed_meanwhile")
    assert problem["details"]["checksum"] != read["checksum"]
    assert path.read_text() == "select 2;"


def test_an_applied_migration_is_neither_saved_nor_deleted(project: Project):
    path = project.write("20260101000000_customers.sql", CREATE)
    project.apply(project.plan()["plan_id"])
    read = project.get("/migrations/20260101000000")
    body = {"text": "select 3;", "checksum": read["checksum"]}

    saved = project.send("PUT", "/migrations/20260101000000", json=body)
    deleted = project.send("DELETE", "/migrations/20260101000000")

    refused(saved, 409, "migration_applied")
    refused(deleted, 409, "migration_applied")
    assert path.read_text() == CREATE


def test_what_failed_half_way_is_corrected_and_kept(project: Project):
    text = (
        "create table t (a int);\ninsert into t values (1), (1);\n"
        "create unique index concurrently t_a on t (a);\n"
    )
    project.write("1_a.sql", text)
    assert project.apply(project.plan()["plan_id"])["state"] == "failed"
    half = project.get("/migrations/1")

    saved = project.send(
        "PUT",
        "/migrations/1",
        json={"text": text.replace("unique ", ""), "checksum": half["checksum"]},
    )
    deleted = project.send("DELETE", "/migrations/1")

    assert saved.status_code == 200, saved.text
    assert project.get("/status")["half_done"][0]["file"] == "corrected"
    refused(deleted, 409, "migration_applied")


def test_edited_and_missing_files_are_reported_and_refuse_a_plan(project: Project):
    first = project.write("20260101000000_a.sql", "create table a (id int);")
    second = project.write("20260102000000_b.sql", "create table b (id int);")
    project.apply(project.plan()["plan_id"])
    first.write_text("create table a (id bigint);")
    second.unlink()
    project.write("20250101000000_old.sql", "select 1;")

    status = project.get("/status")
    operation = project.ended("/migrations/dry-run", {})

    assert [m["version"] for m in status["edited"]] == ["20260101000000"]
    assert [m["version"] for m in status["missing"]] == ["20260102000000"]
    assert [m["version"] for m in status["out_of_order"]] == ["20250101000000"]
    assert operation["error"]["code"] == "ledger_conflict"
    assert operation["error"]["hint"]


def test_a_backup_is_deleted_only_with_its_id_typed(project: Project):
    backup_id = project.ended("/backups", {"label": "before lunch"})["result"]["backup_id"]

    refused(project.send("DELETE", f"/backups/{backup_id}"), 409, "confirmation_required")
    gone = project.send("DELETE", f"/backups/{backup_id}?confirmation={backup_id}")

    assert gone.status_code == 204
    refused(project.send("DELETE", f"/backups/{backup_id}?confirmation=x"), 404, "not_found")


def test_a_restore_asks_for_the_name(project: Project):
    backup_id = project.ended("/backups", {})["result"]["backup_id"]
    body = {"backup_id": backup_id, "confirmation": "something else"}

    answer = project.send("POST", "/backups/restore", json=body)

    problem = refused(answer, 409, "confirmation_required")
    assert problem["details"]["word"] == project.target.dbname


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/plans/none"),
        ("GET", "/operations/none"),
        ("GET", "/operations/none/events"),
        ("GET", "/backups/none"),
        ("GET", "/migrations/20200101000000"),
        ("GET", "/status?environment=none"),
        ("GET", "/nowhere"),
    ],
)
def test_what_is_not_there_is_a_404_problem(project: Project, method: str, path: str):
    refused(project.send(method, path), 404, "not_found")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "x" * 201},
        {"name": 7},
        {"name": "a", "up": "x" * 5_000_001},
        {"name": "a", "more": 1},
    ],
)
def test_a_malformed_request_is_a_422_problem_without_its_input(project: Project, body):
    problem = refused(project.send("POST", "/migrations", json=body), 422, "malformed_request")
    assert "x" * 50 not in str(problem)


def test_hostile_migration_names_stay_in_the_folder(project: Project):
    for name in ("../../etc/passwd", "..\\x", "a/b", "ñandú <img>"):
        made = project.send("POST", "/migrations", json={"name": name})
        assert made.status_code == 201
    files = list((project.folder / "migrations").iterdir())
    assert len(files) == 4
    refused(project.send("POST", "/migrations", json={"name": "../.."}), 422, "usage")


def test_a_server_that_is_gone_is_one_clear_sentence(project: Project, monkeypatch):
    environment = project.vado.environment()
    monkeypatch.setattr(
        project.vado,
        "environment",
        lambda _name=None: _moved(environment),
    )

    problem = refused(project.send("GET", "/status"), 502, "connection_failed")

    assert "\n" not in problem["message"]
    assert problem["hint"]


def _moved(environment):
    from dataclasses import replace  # noqa: PLC0415 (only here)

    return replace(environment, target=replace(environment.target, host="/nowhere"))
