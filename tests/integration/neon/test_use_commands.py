"""From the command line, with `[neon]` in vado.toml: rehearsed on a branch, applied, and back."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.neon_stub.fixtures import Neon

from vado.cli import main
from vado.database import connect

TOML = """
[environments.live]
url_env = "LIVE"
class = "development"

[environments.live.neon]
project = "{project}"
api_url = "{url}"
"""


@pytest.fixture
def project(neon: Neon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "vado.toml").write_text(TOML.format(project=neon.project, url=neon.api_url))
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "20260101000000_goods.sql").write_text("create table goods (id int primary key);\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VADO_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("LIVE", neon.uri())
    monkeypatch.setenv("NEON_API_KEY", neon.api_key)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    code = main([*words, "--json"])
    said = capsys.readouterr()
    assert code == 0, said
    found: dict[str, Any] = json.loads(said.out)
    return found


def test_there_and_back(neon: Neon, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = run(capsys, "preview", "--place", "data")
    assert plan["rehearsal"]["place"] == "branch"
    assert plan["rehearsal"]["ok"]

    neon.keep()
    run(capsys, "apply", "--yes")
    noted = run(capsys, "backup", "list", "--kind", "neon_lsn")
    assert [item["plan_id"] is not None for item in noted["items"]] == [True]

    taken = run(capsys, "backup", "create", "--kind", "neon_snapshot")
    with connect(neon.target()) as session:
        session.run("drop table goods")
    run(capsys, "backup", "restore", taken["id"], "--mode", "neon", "--yes")
    status = run(capsys, "neon", "status")
    assert status["unfinished"][0]["look"]["ledger_equal"]
    run(capsys, "neon", "finalize", taken["id"], "--confirm", "live")

    with connect(neon.target()) as session:
        assert session.value("select count(*) from goods") == 0
    seen = "".join(path.read_text() for path in (project / "state").rglob("*.json"))
    seen += "".join(path.read_text() for path in (project / "state").rglob("*.log"))
    assert neon.api_key not in seen
