"""From the command line, with `[neon]` in vado.toml: rehearsed on a branch, applied, and back."""

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.neon_stub.fixtures import Neon

from vado.cli import main
from vado.database import connect, launch

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


TOLD = ("operation", "backup")


def secrets(neon: Neon) -> set[str]:
    """What nobody may ever read: the key, and the passwords that Neon tells."""
    return {neon.api_key, *neon.branch().passwords.values()}


def run(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    code = main([*words, "--json"])
    said = capsys.readouterr()
    assert code == 0, said
    found: dict[str, Any] = json.loads(said.out)
    return found


def test_there_and_back_and_no_secret_is_left_anywhere(
    neon: Neon,
    project: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started = []

    def noted(argv: Sequence[object], *rest: Any, **more: Any) -> Any:
        started.append(argv)
        return launch(argv, *rest, **more)  # type: ignore[arg-type]  # as it came

    monkeypatch.setattr("vado.backups.client.launch", noted)
    caplog.set_level(logging.DEBUG)
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
        told = str([session.rows(f"table vado_control.{name}") for name in TOLD])
    fails(neon, capsys, taken["id"])
    seen = b"".join(path.read_bytes() for path in (project / "state").rglob("*") if path.is_file())
    assert b"vado-restore-" in seen  # so it is where it would be
    for secret in secrets(neon):
        assert secret not in told
        assert secret not in caplog.text
        assert secret.encode() not in seen
        assert all(secret not in " ".join(map(str, argv)) for argv in started)


def fails(neon: Neon, capsys: pytest.CaptureFixture[str], backup_id: str) -> None:
    """Let everything go wrong that has the key or a password at hand."""
    capsys.readouterr()
    said = ""
    restore = ("backup", "restore", backup_id, "--mode", "neon", "--yes")
    for of, words in {
        "getProject": ("neon", "status"),
        "createSnapshot": ("backup", "create", "--kind", "neon_snapshot"),
        "createProjectBranch": ("preview", "--place", "branch"),
        "restoreSnapshot": restore,
        "getConnectionURI": restore,
    }.items():
        neon.change_answer(of, lambda _: {"project": "", "uri": "nothing:secret@@"}, times=9)
        assert main(words) in {0, 1, 7}, words
        neon.answer_again()
        neon.answer_with(401, of, times=9)
        assert main([*words, "--json"]) in {0, 1, 7}, words
        neon.answer_again()
        caught = capsys.readouterr()
        said += caught.out + caught.err
    assert "cannot be understood" in said
    assert not any(secret in said for secret in secrets(neon))
