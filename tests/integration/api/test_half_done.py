"""Facts about half-done migrations and late files over HTTP: an offer is all that a page needs."""

from typing import Any

import pytest

from tests.integration.api.conftest import CREATE, Project

VERSION = "20260102000000"
UP = """alter table customers add column fax text;
create unique index concurrently customers_fax on customers ((1));
-- migrate:down
alter table customers drop column fax;
"""


@pytest.fixture
def stopped(project: Project) -> Project:
    """A migration whose second statement failed and left an invalid index."""
    project.write("20260101000000_customers.sql", CREATE)
    project.apply(project.plan(place="text")["plan_id"])
    project.write(f"{VERSION}_fax.sql", f"-- migrate:up\n{UP}")
    assert project.apply(project.plan(place="text")["plan_id"])["state"] == "failed"
    return project


def plan_of(project: Project, offer: dict[str, Any]) -> Any:
    operation = project.ended(offer["path"].removeprefix("/api"), offer["body"])
    assert operation["state"] == "succeeded", operation["error"]
    return project.get(f"/plans/{operation['result']['plan_id']}")


def offers(project: Project) -> dict[str, Any]:
    [found] = project.get("/status")["half_done"]
    return {offer["action"]: offer for offer in found["offers"]}


def test_each_offer_is_a_plan_when_its_body_is_sent_to_its_path(stopped: Project) -> None:
    plans = {action: plan_of(stopped, offer) for action, offer in offers(stopped).items()}

    assert {action: plan["kind"] for action, plan in plans.items()} == {
        "resume": "up",
        "undo": "undo",
        "undo_down": "undo",
        "mark_applied": "mark",
        "mark_pending": "mark",
    }
    assert plans["resume"]["migrations"][0]["statements_done"] == 1
    assert [plans[a]["migrations"][0]["way"] for a in ("undo", "undo_down")] == ["done", "down"]
    assert plans["mark_applied"]["record"][0]["left_behind"] == ["public.customers_fax"]
    assert plans["undo"]["basis"]["fingerprint"] == plans["undo"]["fingerprint_before"]


def test_an_undo_of_what_was_done_is_applied_as_any_other_plan(stopped: Project) -> None:
    plan = plan_of(stopped, offers(stopped)["undo"])

    done = stopped.apply(plan["plan_id"], accepted_risks=[r["rule"] for r in plan["risks"]])

    assert done["state"] == "succeeded", done["error"]
    assert done["result"]["restored"] is True
    assert stopped.get("/status")["half_done"] == []


def test_what_cannot_be_taken_back_has_a_code_and_its_statements(stopped: Project) -> None:
    text = f"-- migrate:up\ndelete from customers where false;\n{UP}"
    plan = plan_of(stopped, offers(stopped)["undo"])
    stopped.apply(plan["plan_id"], accepted_risks=[r["rule"] for r in plan["risks"]])
    stopped.write(f"{VERSION}_fax.sql", text)
    stopped.apply(stopped.plan(place="text")["plan_id"])

    operation = stopped.ended("/migrations/undo", {"version": VERSION})

    assert operation["error"]["code"] == "undo_impossible"
    details = operation["error"]["details"]
    assert (details["down"], [s["reason"] for s in details["statements"]]) == (True, ["data"])
    assert offers(stopped)["undo"]["code"] == "no_way_back"


def test_late_files_are_agreed_to_once_and_that_can_be_taken_back(project: Project) -> None:
    project.write("20260101000000_customers.sql", CREATE)
    project.apply(project.plan(place="text")["plan_id"])
    project.write("20250101000000_late.sql", "select 1;")
    plan = project.plan(place="text", out_of_order=True)
    refused = project.send("POST", "/migrations/apply", json={"plan_id": plan["plan_id"]})

    done = project.apply(plan["plan_id"], accepted_risks=["out-of-order"])

    assert refused.json()["details"]["missing"][0]["kind"] == "out_of_order"
    assert done["state"] == "succeeded", done["error"]
    name = project.get("/environments")["items"][0]["name"]
    [consent] = project.get(f"/environments/{name}/consents")["items"]
    assert (consent["kind"], consent["operation_id"]) == ("out-of-order", done["id"])
    path = f"/environments/{name}/consents/out-of-order"
    assert [project.send("DELETE", path).status_code for _ in range(2)] == [204, 404]
    assert project.get("/status")["consents"] == []
