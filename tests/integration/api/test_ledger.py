"""Facts about undo, mark, baseline and repair over HTTP."""

from typing import Any

import pytest

from tests.integration.api.conftest import CREATE, DROP, Project

VERSION = "20260101000000"


@pytest.fixture
def shop(project: Project) -> Project:
    """A project whose first migration is applied."""
    project.write(f"{VERSION}_customers.sql", CREATE)
    project.apply(project.plan(place="text")["plan_id"])
    return project


def planned(project: Project, path: str, body: dict[str, Any]) -> Any:
    operation = project.ended(f"/migrations/{path}", body)
    assert operation["state"] == "succeeded", operation["error"]
    return project.get(f"/plans/{operation['result']['plan_id']}")


def test_a_plan_to_undo_is_applied_as_any_other(shop: Project) -> None:
    plan = planned(shop, "undo", {"to": "0"})

    done = shop.apply(plan["plan_id"])

    assert (plan["kind"], plan["migrations"][0]["direction"]) == ("undo", "down")
    assert [(x["identity"], x["rows"]) for x in plan["losses"]] == [("public.customers", 20)]
    assert done["result"]["undone"] == [{"version": VERSION, "name": "customers"}]
    [migration] = shop.get("/migrations")["items"]
    assert (migration["state"], migration["applied_at"]) == ("pending", None)


def test_a_plan_says_whether_there_is_a_way_back(shop: Project) -> None:
    shop.write(
        "20260102000000_phone.sql",
        f"{DROP}-- migrate:down\nalter table customers add column phone text;\n",
    )

    [migration] = shop.plan()["migrations"]

    found = migration["reversible"]
    assert (found["schema"], found["data"], found["code"]) == (True, False, "equal")


def test_a_mark_is_a_plan_that_runs_nothing(shop: Project) -> None:
    plan = planned(shop, "mark", {"version": VERSION, "as": "pending"})

    done = shop.apply(plan["plan_id"])

    assert plan["record"] == [
        {
            "version": VERSION,
            "name": "customers",
            "before": "applied",
            "after": "undone",
            "checksum": plan["migrations"][0]["checksum"],
            "not_done": [],
            "left_behind": [],
        }
    ]
    assert done["state"] == "succeeded", done["error"]
    assert shop.get("/status")["pending"] == [{"version": VERSION, "name": "customers"}]


def test_a_second_baseline_is_refused_with_a_code(shop: Project) -> None:
    operation = shop.ended("/migrations/baseline", {})

    assert (operation["kind"], operation["state"]) == ("baseline", "failed")
    assert operation["error"]["code"] == "baseline_refused"


def test_an_edited_file_is_restored_if_it_is_the_one_that_was_seen(shop: Project) -> None:
    shop.write(f"{VERSION}_customers.sql", CREATE.replace("phone text", "phone varchar"))
    seen = shop.get(f"/migrations/{VERSION}")

    other = shop.ended(f"/migrations/{VERSION}/repair", {"action": "restore_file"})
    done = shop.ended(
        f"/migrations/{VERSION}/repair",
        {"action": "restore_file", "checksum": seen["checksum"]},
    )

    assert other["error"]["code"] == "changed_meanwhile"
    assert done["result"]["kept"] == f"{VERSION}_customers.sql.edited"
    assert shop.get(f"/migrations/{VERSION}")["state"] == "applied"


def test_a_way_back_is_proposed_when_asked_for(shop: Project) -> None:
    body = {"text": "-- migrate:up\nalter table customers add note text;\n"}

    silent = shop.send("POST", "/migrations/validate", json=body).json()
    asked = shop.send("POST", "/migrations/validate", json={**body, "propose_down": True}).json()

    assert silent["proposed_down"] is None
    assert asked["proposed_down"] == "alter table customers drop column note;"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("undo", {"to": "first"}),
        ("mark", {"version": VERSION}),
        ("mark", {"version": VERSION, "as": "gone"}),
        (f"{VERSION}/repair", {"action": "guess"}),
    ],
)
def test_what_makes_no_sense_is_refused(project: Project, path: str, body: dict[str, Any]) -> None:
    assert project.send("POST", f"/migrations/{path}", json=body).status_code == 422
