"""Facts about never changing the wrong database, and about what is written down of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.integration.cli.conftest import Ended, Project, url_of

from vado.application import Vado
from vado.settings import load_settings

Live = Callable[..., Ended]
TOML = '[environments.live]\nurl_env = "LIVE"\n'
PREVIEW = ("preview", "--place", "text")


@pytest.fixture
def live(project: Project, monkeypatch: pytest.MonkeyPatch) -> Live:
    """Runs a command on the environment `live`, which is known already; `to=` leads it elsewhere.

    Elsewhere is `postgres` on the same server, which stands for any other database.
    """
    toml = project.folder / "vado.toml"
    project.write("20260102000000_next", "create table next (id int);")

    def run(*typed: str, to: str | None = None, production: bool = False) -> Ended:
        target = project.target if to is None else project.target.with_database(to)
        monkeypatch.setenv("LIVE", url_of(target))
        toml.write_text(TOML + ('class = "production"\n' if production else ""), encoding="utf-8")
        return project.vado(*typed, "--json")

    assert run(*PREVIEW).code == 0
    return run


def state_of(folder: Path) -> Vado:
    return Vado(load_settings(variables={"VADO_STATE": str(folder)}))


def audited(folder: Path) -> list[dict[str, Any]]:
    vado = state_of(folder)
    try:
        return list(vado.state.page("audit", "id", 50, environment=None, after=None).items)
    finally:
        vado.close()


def set_up_anew(folder: Path) -> None:
    """Let the first use have been of the server that stood at this address before."""
    vado = state_of(folder)
    vado.state._file.execute("UPDATE target SET system_identifier = '7300000000000000001'")
    vado.close()


def test_whatever_changes_something_refuses_the_wrong_database(
    live: Live, project: Project
) -> None:
    plan = live(*PREVIEW).document["plan_id"]

    for typed in (PREVIEW, ("apply", "--yes"), ("apply", "--plan", plan), ("backup", "create")):
        ended = live(*typed, to="postgres")

        error = ended.document["error"]
        assert (ended.code, error["code"]) == (7, "wrong_database"), typed
        assert error["details"]["expected"]["database"] == project.target.dbname
        assert error["details"]["found"]["database"] == "postgres"


def test_a_restored_database_is_the_same_and_another_server_is_refused(
    live: Live, project: Project, isolated: Path
) -> None:
    oid = project.ask("select oid from pg_database where datname = current_database()")
    backup = live("backup", "create").document["id"]
    restore = ("backup", "restore", backup, "--confirm", "live")

    restored = live(*restore)
    after = live(*PREVIEW)
    set_up_anew(isolated)
    refused = live(*restore)

    assert (restored.code, after.code) == (0, 0)
    assert project.ask("select oid from pg_database where datname = current_database()") != oid
    assert (refused.code, refused.document["error"]["details"]["differs"]) == (7, ["server"])
    assert [(e["action"], e["outcome"]) for e in audited(isolated)[:1]] == [("restore", "refused")]


def test_another_database_is_accepted_by_its_name_only(
    live: Live, project: Project, isolated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert live(*PREVIEW, to="postgres").code == 7
    monkeypatch.setenv("VADO_LANG", "es")
    told = project.vado(*PREVIEW).err

    ended = live("env", "trust", "live", to="postgres")

    assert "lleva a otra base de datos: se esperaba" in told
    assert "vado env trust live" in told
    assert (ended.code, ended.document["changed"]) == (0, True)
    assert ended.document["after"]["database"] == "postgres"
    assert live(*PREVIEW, to="postgres").code == 0
    [event] = [e for e in audited(isolated) if e["action"] == "env_trust"]
    assert (event["outcome"], event["subject"]) == ("succeeded", "postgres")


def test_trust_on_production_is_refused_without_the_name_and_written_down(
    live: Live, isolated: Path
) -> None:
    refused = live("env", "trust", "live", "--yes", to="postgres", production=True)
    given = live("env", "trust", "live", "--confirm", "live", to="postgres", production=True)

    assert (refused.code, refused.document["error"]["code"]) == (7, "confirmation_required")
    assert given.code == 0
    outcomes = [e["outcome"] for e in audited(isolated) if e["action"] == "env_trust"]
    assert outcomes == ["succeeded", "refused"]


def test_many_urls_are_no_nuisance(project: Project) -> None:
    for name in (project.target.dbname, "postgres", project.target.dbname):
        url = url_of(project.target.with_database(name))

        assert project.vado(*PREVIEW, "--url", url).code == 0


def test_deleting_a_backup_is_written_down_a_refusal_too(project: Project, isolated: Path) -> None:
    backup = project.vado("backup", "create", "--json").document["id"]
    assert project.vado("backup", "delete", backup, "--json").code == 7
    assert project.vado("backup", "delete", backup, "--confirm", backup, "--json").code == 0

    found = [(e["outcome"], e["subject"]) for e in audited(isolated)[:4]]

    assert found == [
        ("succeeded", backup),
        ("intent", backup),
        ("refused", backup),
        ("intent", backup),
    ]


def test_a_preview_tells_that_vado_has_no_schemas_there_yet(project: Project) -> None:
    project.write("1_first", "create table first (id int);")

    plan = project.vado(*PREVIEW, "--json").document
    shown = project.vado(*PREVIEW)

    assert plan["creates_schemas"] is True
    [line] = [text for text in shown.out.splitlines() if "vado apply --plan" in text]
    assert line.endswith(" --yes")
    assert "--yes also lets Vado create" in shown.out
    assert project.vado(*line.split()[1:]).code == 0

    project.write("2_second", "create table second (id int);")
    again = project.vado(*PREVIEW)

    assert "--yes" not in again.out
