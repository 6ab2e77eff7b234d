"""The whole main job over HTTP."""

import time

from tests.integration.api.conftest import CREATE, DROP, Project
from vado.database import connect


def test_a_migration_crosses_from_file_to_ledger(project: Project):
    made = project.send("POST", "/migrations", json={"name": "Add orders", "up": "select 1;"})
    assert made.status_code == 201
    version = made.json()["version"]
    assert made.json()["name"] == "add_orders"

    plan = project.plan()
    operation = project.apply(plan["plan_id"])

    assert operation["state"] == "succeeded"
    assert operation["result"]["applied"] == [{"version": version, "name": "add_orders"}]
    assert project.get("/status")["version"] == version
    assert [m["state"] for m in project.get("/migrations")["items"]] == ["applied"]


def test_a_plan_tells_changes_risks_losses_and_demands(project: Project):
    project.write("20260101000000_customers.sql", CREATE)
    project.apply(project.plan()["plan_id"])
    project.write("20260102000000_drop_phone.sql", DROP)

    plan = project.plan()

    assert [(c["kind"], c["identity"], c["action"]) for c in plan["changes"]] == [
        ("column", "public.customers.phone", "remove")
    ]
    assert plan["changes"][0]["destructive"]
    assert [(r["rule"], r["level"], r["line"]) for r in plan["risks"]] == [
        ("drop-column", "critical", 2)
    ]
    assert [(x["identity"], x["kind"], x["rows"], x["exact"]) for x in plan["losses"]] == [
        ("public.customers.phone", "values", 7, True)
    ]
    assert plan["losses"][0]["line"] == 2
    assert plan["rehearsal"]["place"] == "embedded"
    assert plan["rehearsal"]["ok"]
    assert {limit["code"] for limit in plan["rehearsal"]["limits"]} >= {"no_rows"}
    assert "phone text" in plan["ddl"]["before"]
    assert "phone text" not in plan["ddl"]["after"]
    assert [r["kind"] for r in plan["requires"]] == ["backup"]


def test_a_destructive_plan_is_backed_up_first_and_restored_whole(project: Project):
    project.write("20260101000000_customers.sql", CREATE)
    project.apply(project.plan()["plan_id"])
    before = project.get("/status?drift=true")["drift"]["found"]
    project.write("20260102000000_drop_phone.sql", DROP)

    applied = project.apply(project.plan()["plan_id"])
    backup = project.get(f"/backups/{applied['result']['backup_id']}")
    restored = project.ended(
        "/backups/restore",
        {"backup_id": backup["id"], "confirmation": project.target.dbname},
    )

    assert (backup["state"], backup["reason"]) == ("verified", "before_apply")
    assert restored["state"] == "succeeded", restored["error"]
    assert project.get("/status?drift=true")["drift"]["found"] == before
    with connect(project.target) as session:
        assert session.value("select count(phone) from customers") == 7
        previous = restored["result"]["previous_database"]
        assert session.value("select 1 from pg_database where datname = %(n)s", n=previous) == 1
    assert [m["state"] for m in project.get("/migrations")["items"]] == ["pending", "applied"]
    _drop(project, previous)


def _drop(project: Project, name: str) -> None:
    with connect(project.target) as session:
        session.run(f'drop database "{name}"')


def test_diff_compares_now_with_after_the_pending_migrations(project: Project):
    project.write("20260101000000_customers.sql", CREATE)

    diff = project.get("/migrations/diff")

    assert diff["versions"] == ["20260101000000"]
    assert [(c["identity"], c["action"]) for c in diff["changes"]] == [("public.customers", "add")]
    assert diff["ddl"]["before"].strip() == ""


def test_a_statement_that_fails_is_told_with_its_place_and_leaves_nothing(project: Project):
    project.write("20260101000000_a.sql", "create table a (id int);")
    project.apply(project.plan()["plan_id"])
    project.write(
        "20260102000000_b.sql",
        "insert into a values (1);\n-- é\nupdate a set id = 1 / (id - id);",
    )
    plan = project.plan()  # the copy has no rows, so nothing divides there

    operation = project.apply(plan["plan_id"])

    assert operation["state"] == "failed"
    assert operation["error"]["code"] == "migration_failed"
    failed = operation["result"]["failed"]
    assert (failed["version"], failed["line"], failed["sqlstate"]) == ("20260102000000", 3, "22012")
    assert project.get("/status")["version"] == "20260101000000"
    with connect(project.target) as session:
        assert session.value("select count(*) from a") == 0


def test_a_syntax_error_is_told_with_line_and_column(project: Project):
    project.write("20260101000000_a.sql", "-- migrate:up\nselect 1;\n  selec 2;\n")

    operation = project.ended("/migrations/dry-run", {})

    assert operation["state"] == "failed"
    assert operation["error"]["code"] == "migration_file_invalid"
    details = operation["error"]["details"]
    assert (details["line"], details["column"]) == (3, 3)


def test_cancel_rolls_back_within_two_seconds(project: Project):
    project.write("20260101000000_slow.sql", "create table slow (id int);\nselect pg_sleep(60);")
    answer = project.send("POST", "/migrations/dry-run", json={"place": "text"})
    plan_id = _result(project, answer.json()["id"])["plan_id"]
    running = project.send("POST", "/migrations/apply", json={"plan_id": plan_id})
    assert running.status_code == 202
    _until(project, running.json()["id"], "migrate")

    begun = time.monotonic()
    assert project.send("POST", f"/operations/{running.json()['id']}/cancel").status_code == 202
    ended = _ended(project, running.json()["id"])

    assert ended["state"] == "cancelled"
    assert time.monotonic() - begun < 2
    with connect(project.target) as session:
        assert session.value("select to_regclass('public.slow')") is None


def _until(project: Project, operation_id: str, step: str) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        progress = project.get(f"/operations/{operation_id}")["progress"]
        if progress and progress["step"]["code"] == step:
            time.sleep(0.2)
            return
        time.sleep(0.02)
    raise AssertionError(project.get(f"/operations/{operation_id}"))


def _ended(project: Project, operation_id: str):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        operation = project.get(f"/operations/{operation_id}")
        if operation["finished_at"]:
            return operation
        time.sleep(0.02)
    raise AssertionError(operation_id)


def _result(project: Project, operation_id: str):
    return _ended(project, operation_id)["result"]


def test_events_follow_an_operation_to_its_end(project: Project):
    project.write("20260101000000_customers.sql", CREATE)
    started = project.send("POST", "/migrations/dry-run", json={})
    assert started.headers["location"] == f"/api/operations/{started.json()['id']}"

    stream = project.send("GET", f"/operations/{started.json()['id']}/events")

    assert stream.headers["content-type"].startswith("text/event-stream")
    events = [part for part in stream.text.split("\n\n") if part]
    assert all(part.startswith("event: ") for part in events)
    assert '"state": "succeeded"' in events[-1]


def test_what_was_done_stands_in_history_and_audit(project: Project):
    project.write("20260101000000_customers.sql", CREATE)
    project.apply(project.plan()["plan_id"])

    kinds = [o["kind"] for o in project.get("/operations")["items"]]
    events = project.get("/audit")["items"]

    assert kinds == ["apply", "dry_run"]
    assert [(e["action"], e["outcome"]) for e in events] == [
        ("apply", "succeeded"),
        ("apply", "intent"),
        ("dry_run", "succeeded"),
        ("dry_run", "intent"),
    ]
    assert project.get("/audit/verify")["intact"]
    with connect(project.target) as session:
        rows = session.rows("select action, outcome from vado_control.audit_event order by id")
    assert [(r["action"], r["outcome"]) for r in rows] == [
        ("apply", "intent"),
        ("apply", "succeeded"),
    ]
