"""The stand-in for Neon is honest: Neon's own clients work with it."""

import json
import shutil
import subprocess
import time
from datetime import UTC, datetime, timedelta

import pytest
from neon_api import NeonAPI
from tests.neon_stub.fixtures import Neon
from tests.neon_stub.specification import FOLDER

from vado.database import connect, parse_url


def test_the_official_python_client_makes_reads_and_deletes_a_branch(neon: Neon):
    api = NeonAPI(neon.api_key, base_url=f"{neon.api_url}/")
    with connect(neon.target()) as session:
        session.run("create table goods (id int primary key)")
        session.run("insert into goods values (1), (2)")

    assert api.project(neon.project).project.id == neon.project
    main = api.branches(neon.project).branches[0]
    made = api.branch_create(
        neon.project,
        branch={
            "name": "copy",
            "parent_id": main.id,
            "expires_at": (datetime.now(UTC) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        },
        endpoints=[{"type": "read_write"}],
    )
    for begun in made.operations:
        while api.operation(neon.project, begun.id).operation.status.value != "finished":
            time.sleep(0.01)
    databases = api.databases(neon.project, made.branch.id).databases
    roles = api.roles(neon.project, made.branch.id).roles
    uri = api._request(
        "GET",
        f"projects/{neon.project}/connection_uri",
        params={
            "branch_id": made.branch.id,
            "database_name": databases[0].name,
            "role_name": roles[0].name,
        },
    )["uri"]
    with connect(parse_url(uri)) as session:
        assert session.value("select count(*) from goods") == 2
    api.branch_delete(neon.project, made.branch.id)
    assert neon.branch_names == {"main"}


@pytest.mark.skipif(not shutil.which("node"), reason="there is no Node.js")
def test_the_official_javascript_client_goes_through_a_restore_in_two_steps(neon: Neon):
    ran = subprocess.run(
        ["node", FOLDER / "scenario.mjs", neon.api_url, neon.api_key, neon.project],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert told.pop("uri").startswith("postgresql://neondb_owner:")
    assert told == {"main": True, "branches": ["before", "main"], "steps": ["finished"]}
