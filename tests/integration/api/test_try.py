"""Facts about a text that is tried while it is typed: what it does is told, nothing is kept."""

from typing import Any

from tests.integration.api.conftest import CREATE, DROP, Project
from vado.database import connect


def attempt(project: Project, text: str, version: str | None = None) -> Any:
    answer = project.send("POST", "/migrations/try", json={"text": text, "version": version})
    assert answer.status_code == 200, answer.text
    return answer.json()


def named(found: Any) -> set[tuple[str, str, str]]:
    return {(c["action"], c["kind"], c["identity"]) for c in found["changes"]}


def test_each_text_is_tried_from_the_same_beginning(project: Project) -> None:
    for _ in range(2):
        found = attempt(project, "create table orders (id int); create index on orders (id);")

        assert found["error"] is None
        assert ("add", "table", "public.orders") in named(found)
    assert "orders" not in attempt(project, "select 1;")["ddl"]["after"]
    with connect(project.target) as session:
        assert session.value("select to_regclass('orders')") is None


def test_what_is_pending_before_is_there_and_what_comes_later_is_not(project: Project) -> None:
    project.write("20260101000000_customers.sql", CREATE)
    project.write("20260103000000_later.sql", "-- migrate:up\ncreate table later (id int);\n")

    found = attempt(project, DROP, "20260102000000")

    assert found["error"] is None
    assert named(found) == {("remove", "column", "public.customers.phone")}
    assert attempt(project, "select * from later;", "20260102000000")["error"] is not None
    assert attempt(project, "select * from later;")["error"] is None


def test_what_was_done_before_an_error_is_told_with_its_place(project: Project) -> None:
    found = attempt(project, "-- migrate:up\ncreate table a (id int);\nselect nope;\n")

    assert (found["error"]["line"], found["error"]["column"]) == (3, 8)
    assert ("add", "table", "public.a") in named(found)


def test_a_change_of_the_database_is_noticed(project: Project, monkeypatch: Any) -> None:
    monkeypatch.setattr("vado.application.live._FRESH_S", 0.0)
    assert attempt(project, "select * from outside;")["error"] is not None
    with connect(project.target) as session:
        session.run("create table outside (id int)")

    assert attempt(project, "select * from outside;")["error"] is None


def test_concurrently_is_tried_without_the_word_and_the_rest_is_left_out(project: Project) -> None:
    found = attempt(
        project,
        "create table t (id int);\ncreate index concurrently i on t (id);\nvacuum t;\n",
    )

    assert found["error"] is None
    assert "CREATE INDEX i" in found["ddl"]["after"]
    assert "only_when_previewed" in {limit["code"] for limit in found["limits"]}


def test_a_file_before_that_fails_is_named(project: Project) -> None:
    project.write("20260101000000_broken.sql", "-- migrate:up\nselect nope;\n")

    answer = project.send("POST", "/migrations/try", json={"text": "select 1;"})

    assert answer.status_code == 409
    assert "20260101000000" in answer.json()["message"]
