"""Facts about backups over HTTP: filters, changes, retention, lost records, the schedule."""

from pathlib import Path
from typing import Any

import pytest

from tests.integration.api.conftest import CREATE, Project, open_project
from vado.backups.stores import store_of
from vado.database import Target


@pytest.fixture
def shop(project: Project) -> Project:
    project.write("20260101000000_customers.sql", CREATE)
    project.apply(project.plan()["plan_id"])
    return project


def taken(project: Project, **wanted: Any) -> str:
    ended = project.ended("/backups", wanted)
    assert ended["state"] == "succeeded", ended["error"]
    found: str = ended["result"]["backup_id"]
    return found


def audited(project: Project, action: str) -> list[tuple[str, str | None]]:
    items = project.get("/audit")["items"]
    return [(e["outcome"], e["subject"]) for e in items if e["action"] == action]


def test_the_list_is_filtered(shop: Project) -> None:
    first = taken(shop, label="before the sale", pinned=True)
    second = taken(shop)

    def listed(query: str) -> list[str]:
        return [item["id"] for item in shop.get(f"/backups?{query}")["items"]]

    assert listed("") == [second, first]
    assert listed("pinned=true") == [first]
    assert listed("search=SALE") == [first]
    assert listed("state=verified&kind=dump&reason=manual") == [second, first]
    assert listed("state=proven") == []
    assert shop.send("GET", "/backups?state=nonsense").status_code == 422


def test_a_change_of_a_backup_is_written_down_and_of_none_as_well(shop: Project) -> None:
    backup = taken(shop)

    changed = shop.send("PATCH", f"/backups/{backup}", json={"label": "kept", "pinned": True})
    refused = shop.send("PATCH", "/backups/bk_none", json={"pinned": True})

    assert (changed.json()["label"], changed.json()["pinned"]) == ("kept", True)
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")
    assert audited(shop, "backup_change") == [
        ("refused", "bk_none"),
        ("succeeded", backup),
        ("intent", backup),
    ]


def test_only_what_matters_has_to_be_confirmed_to_be_deleted(shop: Project) -> None:
    first, second = taken(shop), taken(shop)

    free = shop.send("DELETE", f"/backups/{first}")
    asked = shop.send("DELETE", f"/backups/{second}")
    gone = shop.send("DELETE", f"/backups/{second}?confirmation={second}")

    assert (free.status_code, gone.status_code) == (204, 204)
    assert (asked.status_code, asked.json()["code"]) == (409, "confirmation_required")
    assert asked.json()["details"] == {"word": second, "reason": "only_usable"}


@pytest.fixture
def kept(database: Target, tmp_path: Path, isolated: Path) -> Any:
    """A project whose rules keep one backup a day."""
    (tmp_path / "vado.toml").write_text(
        '[backups]\nkeep_daily = 1\nschedule = "0 3 * * *"\n', encoding="utf-8"
    )
    opened = open_project(tmp_path, isolated, database)
    yield opened
    opened.vado.close()


def test_retention_is_seen_first_and_deletes_only_what_was_seen(kept: Project) -> None:
    older, newer = taken(kept), taken(kept)

    plan = kept.get("/backups/retention")
    stale = kept.send("POST", "/backups/retention", json={"ids": [newer]})
    done = kept.send("POST", "/backups/retention", json={"ids": [older]})

    assert plan["policy"]["daily"] == 1
    assert [item["id"] for item in plan["keep"]] == [newer]
    [doomed] = plan["delete"]
    assert (doomed["id"], doomed["reason"], doomed["label"]) == (older, "manual", None)
    assert (stale.status_code, stale.json()["code"]) == (409, "refused")
    assert done.json() == {"deleted": [older]}
    assert [outcome for outcome, _ in audited(kept, "retention")] == [
        "succeeded",
        "intent",
        "refused",
        "intent",
    ]


def test_the_schedule_tells_the_next_time(kept: Project) -> None:
    [item] = kept.get("/backups/schedule")["items"]

    assert (item["environment"], item["cron"], item["last"]) == ("default", "0 3 * * *", None)
    assert item["next_at"].endswith("Z")


def test_a_file_whose_record_was_lost_is_adopted(shop: Project) -> None:
    backup = taken(shop, label="lost")
    store = store_of(shop.vado.environment())
    dump, manifest = store.folder / f"{backup}.dump", store.folder / f"{backup}.json"
    aside = {path: path.read_bytes() for path in (dump, manifest)}
    shop.send("DELETE", f"/backups/{backup}?confirmation={backup}")
    dump.write_bytes(aside[dump])

    report = shop.send("POST", "/backups/adopt").json()

    names = [item["id"] for item in report["adopted"]] + [i["file"] for i in report["refused"]]
    assert len(names) == 1
    assert names[0].startswith(backup)


def test_a_dump_of_another_origin_comes_in_by_its_path_into_quarantine(
    shop: Project, tmp_path: Path
) -> None:
    backup = taken(shop)
    store = store_of(shop.vado.environment())
    foreign = tmp_path / "foreign.dump"
    foreign.write_bytes((store.folder / f"{backup}.dump").read_bytes())

    ended = shop.ended("/backups/import", {"path": str(foreign)})
    missing = shop.ended("/backups/import", {"path": str(tmp_path / "none.dump")})
    imported = shop.get(f"/backups/{ended['result']['backup_id']}")
    refused = shop.ended(
        "/backups/restore",
        {"backup_id": imported["id"], "confirmation": shop.target.dbname},
    )

    assert (imported["quarantined"], imported["reason"]) == (True, "imported")
    assert missing["state"] == "failed"
    assert (refused["state"], refused["error"]["code"]) == ("failed", "refused")


def test_about_tells_the_tools_and_which_servers_they_are_for(project: Project) -> None:
    tools = project.get("/about")["tools"]

    assert {"version", "folder", "tls", "zstd", "chosen_for"} == set(tools[0])
    assert "18" in {major for found in tools for major in found["chosen_for"]}


def test_where_backups_are_kept_is_told(shop: Project) -> None:
    backup_id = taken(shop)

    store = shop.get("/backups/store")

    assert (store["kind"], store["encrypted"], store["problem"]) == ("local", False, None)
    assert (Path(store["place"]) / f"{backup_id}.dump").is_file()
