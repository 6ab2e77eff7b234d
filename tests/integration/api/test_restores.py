"""Facts about restores over HTTP: looked at first, done, and taken back."""

import pytest

from tests.integration.api.conftest import CREATE, Project
from vado.database import connect


@pytest.fixture
def shop(project: Project) -> Project:
    project.write("20260101000000_customers.sql", CREATE)
    project.apply(project.plan()["plan_id"])
    return project


def taken(project: Project) -> str:
    found: str = project.ended("/backups", {})["result"]["backup_id"]
    return found


def run(project: Project, statement: str) -> None:
    with connect(project.target) as session:
        session.run(statement)


def rows(project: Project) -> int:
    with connect(project.target) as session:
        found: int = session.value("select count(*) from customers")
    return found


def test_a_restore_is_looked_at_and_the_list_of_operations_stays_light(shop: Project) -> None:
    backup = taken(shop)
    run(shop, "delete from customers where id <= 5")
    run(shop, "create table later (id int)")

    looked = shop.ended(f"/backups/{backup}/compare", {})
    [listed] = shop.get("/operations?kind=restore_preview")["items"]

    found = looked["result"]
    tables = {t["name"]: (t["rows_now"], t["rows_then"]) for t in found["tables"]}
    assert tables["public.customers"] == (15, 20)
    assert [(c["identity"], c["action"]) for c in found["changes"]] == [("public.later", "remove")]
    assert {m["mode"]: m["possible"] for m in found["modes"]}["swap"] is True
    assert not {"tables", "changes", "ddl"} & listed["result"].keys()
    assert rows(shop) == 15


def test_what_was_replaced_is_listed_put_back_and_dropped(shop: Project) -> None:
    backup, word = taken(shop), shop.target.dbname
    run(shop, "delete from customers where id <= 5")

    restored = shop.ended("/backups/restore", {"backup_id": backup, "confirmation": word})
    assert (restored["state"], rows(shop)) == ("succeeded", 20)
    [kept] = shop.get("/restores")["items"]
    assert kept["database"] == restored["result"]["previous_database"]
    undo = {"database": kept["database"]}
    refused = shop.send("POST", "/restores/undo", json=undo)
    undone = shop.ended("/restores/undo", {**undo, "confirmation": word})
    other = undone["result"]["previous_database"]
    asked = shop.send("DELETE", f"/restores/{other}")
    gone = shop.send("DELETE", f"/restores/{other}?confirmation={other}")

    assert (refused.status_code, refused.json()["code"]) == (409, "confirmation_required")
    assert rows(shop) == 15
    assert (asked.status_code, gone.status_code) == (409, 204)
    assert shop.get("/restores")["items"] == []
    found = [(e["action"], e["outcome"]) for e in shop.get("/audit")["items"]]
    assert found[:4] == [
        ("previous_remove", "succeeded"),
        ("previous_remove", "intent"),
        ("previous_remove", "refused"),
        ("previous_remove", "intent"),
    ]
    assert ("restore_undo", "refused") in found


def test_single_tables_come_back_beside_and_in_place_wants_the_word(shop: Project) -> None:
    backup = taken(shop)
    run(shop, "delete from customers where id <= 5")
    wanted = {"backup_id": backup, "mode": "tables", "tables": ["public.customers"]}

    word = shop.target.dbname
    mixed = shop.send(
        "POST", "/backups/restore", json={**wanted, "mode": "swap", "confirmation": word}
    )
    beside = shop.ended("/backups/restore", {**wanted, "schema": "then"})
    refused = shop.send("POST", "/backups/restore", json={"backup_id": backup, "mode": "in_place"})
    whole = shop.ended(
        "/backups/restore",
        {"backup_id": backup, "mode": "in_place", "confirmation": shop.target.dbname},
    )

    assert (mixed.status_code, mixed.json()["code"]) == (422, "usage")
    assert (beside["state"], beside["result"]["schema"]) == ("succeeded", "then")
    assert (refused.status_code, refused.json()["code"]) == (409, "confirmation_required")
    assert (whole["state"], rows(shop)) == ("succeeded", 20)
    assert whole["result"]["previous_database"] is None
    assert [each["progress"]["way"] for each in (beside, whole)] == ["tables", "in_place"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/backups/bk_none/compare", None, 404),
        ("POST", "/backups/restore", {"backup_id": "bk_none", "mode": "sideways"}, 422),
        ("POST", "/backups/restore", {"backup_id": "bk_none"}, 404),
        ("DELETE", "/restores/postgres?confirmation=postgres", None, 404),
        ("POST", "/backups/bk_none/finalize", {}, 404),
        ("POST", "/backups/bk_none/abandon", None, 404),
        ("GET", "/neon", None, 404),
        ("DELETE", "/neon/orphans/br-none", None, 404),
    ],
)
def test_what_is_not_there_is_a_problem(
    project: Project, method: str, path: str, body: object, status: int
) -> None:
    answer = project.send(method, path, json=body)

    assert answer.status_code == status, answer.text
    assert answer.json()["code"] in {"not_found", "malformed_request"}
