"""Over HTTP: where a database lives at Neon, and a restore that is looked at and abandoned."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.neon_stub.fixtures import Neon

from vado.api import create_app
from vado.application import Vado
from vado.cli import main
from vado.database import connect
from vado.settings import Overrides, Secret, load_settings

TOML = """
[environments.live]
url_env = "LIVE"
class = "development"

[environments.live.neon]
project = "{project}"
api_url = "{url}"
"""
TOKEN = {"Authorization": "Bearer a-token", "Prefer": "wait=60"}


@pytest.fixture
def client(neon: Neon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    (tmp_path / "vado.toml").write_text(TOML.format(project=neon.project, url=neon.api_url))
    (tmp_path / "migrations").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VADO_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("LIVE", neon.uri())
    monkeypatch.setenv("NEON_API_KEY", neon.api_key)
    vado = Vado(load_settings(Overrides(project=tmp_path)))
    app = create_app(vado, token=Secret("a-token"), port=4321)
    yield TestClient(app, base_url="http://127.0.0.1:4321", headers=TOKEN)
    vado.close()


def ended(client: TestClient, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    operation: dict[str, Any] = client.post(f"/api{path}", json=body).json()
    assert operation["state"] == "succeeded", operation
    found: dict[str, Any] = operation["result"] or {}
    return found


def test_a_restore_is_looked_at_and_abandoned(
    neon: Neon, client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    with connect(neon.target()) as session:
        session.run("create table goods (id int primary key)")
    before = client.get("/api/neon").json()
    backup = ended(client, "/backups", {"kind": "neon_snapshot"})["backup_id"]

    report = ended(client, "/backups/restore", {"backup_id": backup, "mode": "neon"})
    [waiting] = client.get("/api/neon").json()["unfinished"]
    neon.answer_with(401, "getProject")
    expired = client.get("/api/neon")
    neon.lose_request("getProject", times=9)
    away = client.get("/api/neon")
    neon.answer_again()
    refused = client.post(f"/api/backups/{backup}/finalize", json={})
    assert main(["neon", "status"]) == 0
    told = capsys.readouterr().out
    ended(client, f"/backups/{backup}/abandon")

    assert (before["project"]["id"], before["root"]) == (neon.project, True)
    assert waiting["branch"] == report["branch"]
    assert waiting["branch_id"]
    states = {name: waiting[name] for name in ("step", "working", "can_finalize", "can_abandon")}
    assert states == {"step": "look", "working": False, "can_finalize": True, "can_abandon": True}
    assert (expired.status_code, expired.json()["code"]) == (409, "neon_key_refused")
    assert (away.status_code, away.json()["code"]) == (502, "neon_unreachable")
    assert neon.api_key not in expired.text + away.text
    assert (refused.status_code, refused.json()["code"]) == (409, "confirmation_required")
    assert report["branch"] in told
    assert max(map(len, told.splitlines())) <= 80 + len(neon.target().host)
    assert client.get("/api/neon").json()["unfinished"] == []
    assert report["branch"] not in neon.branch_names
