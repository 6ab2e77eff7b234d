"""Facts about drift over HTTP."""

from tests.integration.api.conftest import CREATE, Project
from vado.database import connect


def _drifted(project: Project) -> None:
    project.write("20260101000000_customers.sql", CREATE)
    plan = project.ended("/migrations/dry-run", {})["result"]["plan_id"]
    assert project.ended("/migrations/apply", {"plan_id": plan})["state"] == "succeeded"
    with connect(project.target) as session:
        session.run("create table by_hand (id bigint primary key)")


def test_what_drifted_becomes_a_migration_and_the_plan_that_marks_it(project: Project) -> None:
    _drifted(project)

    result = project.ended("/drift/adopt", {"name": "by hand"})["result"]

    assert (result["name"], result["complete"], result["cannot"]) == ("by_hand", True, [])
    assert "CREATE TABLE public.by_hand" in result["sql"]
    applied = project.ended("/migrations/apply", {"plan_id": result["plan_id"]})
    assert applied["state"] == "succeeded"
    assert project.ended("/drift", {})["result"]["changes"] == []


def test_where_nothing_drifted_no_file_is_written(project: Project) -> None:
    _drifted(project)
    with connect(project.target) as session:
        session.run("drop table by_hand")

    result = project.ended("/drift/adopt", {"name": "by hand"})["result"]

    assert (result["equal"], result["file"], result["plan_id"]) == (True, None, None)


def test_lists_of_operations_do_not_carry_what_is_as_large_as_a_schema(project: Project) -> None:
    _drifted(project)
    operation = project.ended("/drift", {})

    [listed] = project.get("/operations?kind=drift")["items"]
    last = project.get("/status")["last_operation"]

    heavy = {"changes", "ddl", "not_compared"}
    assert heavy <= set(operation["result"])
    assert project.get(f"/operations/{operation['id']}")["result"] == operation["result"]
    assert set(operation["result"]) - set(listed["result"]) == heavy
    assert listed["result"]["drifted"] is True
    assert last == listed
