"""Facts about who is in the way of a plan, asked for over HTTP."""

from tests.integration.api.conftest import CREATE, DROP, Project
from vado.database import connect


def test_who_is_in_the_way_is_asked_anew(project: Project) -> None:
    project.write("20260101000000_customers.sql", CREATE)
    project.apply(project.plan(place="text")["plan_id"])
    project.write("20260102000000_phone.sql", DROP)
    plan = project.plan()
    path = f"/plans/{plan['plan_id']}/blockers"

    with connect(project.target, application_name="report") as session, session.transaction():
        session.run("lock table customers in share mode")
        [blocker] = project.get(path)["items"]
        pid = session.backend_pid

    assert plan["blockers"] == []
    assert (blocker["pid"], blocker["table"], blocker["kind"]) == (pid, "customers", "lock")
    assert project.get(path)["items"] == []


def test_nobody_is_in_the_way_of_a_plan_that_is_not_there(project: Project) -> None:
    assert project.send("GET", "/plans/plan_none/blockers").status_code == 404
