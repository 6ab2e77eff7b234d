"""Facts about comparisons over HTTP."""

from tests.integration.api.conftest import CREATE, Project


def test_the_environment_is_compared_with_what_its_migrations_make(project: Project) -> None:
    project.write("20260101000000_customers.sql", CREATE)

    body = {"to": {"kind": "migrations", "name": "default"}}
    operation = project.ended("/comparisons", body)

    result = operation["result"]
    assert (operation["state"], result["equal"], result["complete"]) == ("succeeded", False, True)
    assert result["sql"].startswith("CREATE TABLE public.customers (")
    assert result["ddl"]["before"] == ""
    assert "CREATE TABLE public.customers" in result["ddl"]["after"]
    assert result["proof"]["place"] == "scratch"


def test_a_side_that_nobody_knows_is_not_found(project: Project) -> None:
    body = {"to": {"kind": "environment", "name": "nowhere"}}

    assert project.send("POST", "/comparisons", json=body).status_code == 404


def test_a_side_is_never_a_path_or_an_address(project: Project) -> None:
    body = {"to": {"kind": "file", "name": "/etc/passwd"}}

    assert project.send("POST", "/comparisons", json=body).status_code == 422
