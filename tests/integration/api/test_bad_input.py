"""Facts about folders that cannot be read, as the page is told."""

from pathlib import Path

import pytest

from tests.bad_input import BAD_INPUTS, BadInput, seen
from tests.integration.api.conftest import CREATE, Project

BODIES = {
    "/status": None,
    "/migrations": None,
    "/migrations/20260101000000": None,
    "/migrations/dry-run": {},
}


@pytest.mark.parametrize("bad", BAD_INPUTS.values(), ids=BAD_INPUTS)
def test_bad_input_is_one_clear_problem_and_loses_nothing(
    project: Project, tmp_path: Path, bad: BadInput
) -> None:
    project.write("20260101000000_customers.sql", CREATE)
    folder = tmp_path / "migrations"
    bad.spoil(folder)
    before = seen(folder)

    for path, body in BODIES.items():
        problem = answered(project, path, body)

        assert problem["code"] == bad.code, path
        assert bad.says in problem["message"], path
        assert problem["hint"], path
        if bad.place is not None:
            place = (problem["details"]["line"], problem["details"]["column"])
            assert place == bad.place
    assert seen(folder) == before


def answered(project: Project, path: str, body: dict[str, object] | None) -> dict[str, object]:
    """The problem in the answer, or in the operation that the call has started."""
    if body is None:
        answer = project.send("GET", path)
    else:
        answer = project.send("POST", path, json=body, headers={"Prefer": "wait=60"})
    found = answer.json()
    if answer.status_code == 200:
        assert found["state"] == "failed"
        error: dict[str, object] = found["error"]
        return error
    assert 400 <= answer.status_code < 500
    return dict(found)
