"""Facts about an environment that leads to another database than before, over HTTP."""

from tests.integration.api.conftest import Project


def set_up_anew(project: Project) -> None:
    """Let the first use have been of the server that stood at this address before."""
    project.vado.recognise(project.vado.environment())
    project.vado.state._file.execute("UPDATE target SET system_identifier = '7300000000000000001'")


def test_an_apply_to_another_server_is_refused_until_it_is_trusted(project: Project) -> None:
    project.write("20260102000000_next.sql", "create table next (id int);")
    plan_id = project.ended("/migrations/dry-run", {"place": "text"})["result"]["plan_id"]
    set_up_anew(project)

    refused = project.send("POST", "/migrations/apply", json={"plan_id": plan_id})
    trusted = project.send("POST", "/environments/default/trust", json={})
    applied = project.ended("/migrations/apply", {"plan_id": plan_id})

    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_database")
    assert refused.json()["details"]["differs"] == ["server"]
    assert trusted.status_code == 200
    assert trusted.json()["changed"] is True
    assert trusted.json()["before"]["system_identifier"] == "7300000000000000001"
    assert applied["state"] == "succeeded"
    actions = [e["action"] for e in project.get("/audit")["items"]]
    assert "env_trust" in actions


def test_a_preview_of_another_server_fails_as_an_operation(project: Project) -> None:
    set_up_anew(project)

    ended = project.ended("/migrations/dry-run", {"place": "text"})

    assert (ended["state"], ended["error"]["code"]) == ("failed", "wrong_database")


def test_an_unknown_environment_cannot_be_trusted(project: Project) -> None:
    assert project.send("POST", "/environments/nowhere/trust", json={}).status_code == 404
