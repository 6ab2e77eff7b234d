"""Facts about drift: what somebody changed without a migration is named, object by object."""

from typing import Any

from tests.integration.migrations.lifecycle.conftest import Project
from vado.application import start_baseline, start_drift
from vado.migrations import BaselineRequest


def drift(project: Project) -> dict[str, Any]:
    ended = project.ended(start_drift(project.vado, project.environment))
    assert ended.result is not None, ended.error
    return dict(ended.result)


def named(report: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(change["action"], change["kind"], change["identity"]) for change in report["changes"]}


def test_what_the_migrations_made_has_not_drifted(project: Project) -> None:
    project.write(
        1, "create table goods (id int primary key, price numeric(9, 2) check (price > 0));"
    )
    project.write(2, "create index concurrently by_price on goods (price);")
    project.write(3, "insert into goods values (1, 5);")
    project.apply()

    found = drift(project)

    assert (found["drifted"], found["changed_since_last_run"], found["changes"]) == (
        False,
        False,
        [],
    )
    assert found["migrations"] == 3
    assert found["replay"]["error"] is None


def test_every_object_that_was_changed_by_hand_is_named(project: Project) -> None:
    project.write(
        1, "create table goods (id int primary key, name text); create view v as select 1;"
    )
    project.apply()
    project.run("alter table goods add column sneaked int")
    project.run("alter table goods alter column name set not null")
    project.run("create index by_hand on goods (name)")
    project.run("drop view v")

    found = drift(project)

    assert found["drifted"] is True
    assert found["changed_since_last_run"] is True
    assert {
        ("add", "column", "public.goods.sneaked"),
        ("add", "index", "public.by_hand"),
        ("remove", "view", "public.v"),
        ("change", "column", "public.goods.name"),
    } <= named(found)
    assert "sneaked" in found["ddl"]["after"]
    assert "sneaked" not in found["ddl"]["before"]


def test_a_grant_made_by_hand_is_drift(project: Project) -> None:
    project.write(1, "create table goods (id int); grant insert on goods to public;")
    project.apply()
    assert drift(project)["drifted"] is False
    project.run("grant select on goods to public")

    found = drift(project)

    assert named(found) == {("change", "table", "public.goods")}
    assert [d["property"] for d in found["changes"][0]["details"]] == ["grants"]


def test_what_follows_a_baseline_may_change_what_it_holds(project: Project) -> None:
    project.run("create table goods (id int)")
    request = BaselineRequest(consent=True)
    assert project.ended(start_baseline(project.vado, project.environment, request)).result
    project.write(30000101000000, "alter table goods add column price int;")
    project.apply()

    found = drift(project)

    assert found["replay"]["error"] is None
    assert (found["drifted"], found["migrations"]) == (False, 2)


def test_what_was_undone_is_not_implied(project: Project) -> None:
    project.write(1, "create table goods (id int);")
    project.write(2, "create table more (id int);", "drop table more;")
    project.apply()
    project.undo()

    assert drift(project)["drifted"] is False


def test_an_empty_ledger_implies_no_schema(project: Project) -> None:
    refused = project.refusal(start_drift(project.vado, project.environment))

    assert refused["code"] == "drift_unknown"
    assert "vado baseline" in refused["hint"]
