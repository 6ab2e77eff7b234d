"""What changes over HTTP without being an operation is in the audit log all the same."""

import json
from typing import Any

from tests.integration.api.conftest import Project

CANARY = "a-text-nobody-else-may-read"


def told(project: Project, action: str) -> list[tuple[str, dict[str, Any]]]:
    """Return outcome and details of each event of an action, oldest first."""
    found = project.get("/audit?limit=200")["items"]
    return [(e["outcome"], e["details"]) for e in reversed(found) if e["action"] == action]


def test_a_migration_file_is_written_down_by_its_name_and_digest(project: Project) -> None:
    up = f"select '{CANARY}';"
    made = project.send("POST", "/migrations", json={"name": "a", "up": up}).json()
    path = f"/migrations/{made['version']}"
    text = f"-- migrate:up\nselect 2; -- {CANARY}\n"
    saved = project.send("PUT", path, json={"text": text, "checksum": made["checksum"]}).json()
    refused = project.send("PUT", path, json={"text": text, "checksum": made["checksum"]})
    broken = {"text": f"-- migrate:up\n\\echo {CANARY}\n", "checksum": saved["checksum"]}
    project.send("PUT", path, json=broken)
    project.send("DELETE", path)

    first = {"file": made["file"], "checksum": made["checksum"]}
    assert told(project, "migration_create") == [("intent", {}), ("succeeded", first)]
    intent, done, *others = told(project, "migration_save")
    assert intent == ("intent", {"checksum_before": made["checksum"]})
    assert done[1] == {**intent[1], "file": made["file"], "checksum": saved["checksum"]}
    assert refused.status_code == 409
    assert [outcome for outcome, _ in others][:2] == ["intent", "refused"]
    assert told(project, "migration_delete")[-1][1]["file"] == made["file"]
    assert CANARY not in json.dumps(project.get("/audit?limit=200"))


def test_what_is_chosen_for_the_screens_is_written_down(project: Project) -> None:
    chosen = {"language": "es", "theme": "dark"}
    project.send("PUT", "/preferences", json=chosen)

    assert told(project, "preferences") == [("intent", chosen), ("succeeded", chosen)]
