"""Facts about the demo: the whole crossing, in a folder of its own, and nothing left behind."""

import os
import subprocess
from pathlib import Path

import pytest
from tests.integration.cli.conftest import Project, start


@pytest.mark.usefixtures("project")
def test_the_demo_shows_the_crossing_and_leaves_two_migrations_pending(
    project: Project, open_folder: Path
) -> None:
    folder = open_folder / "demo"

    process = start("demo", "--once", "-C", str(folder), env={"NO_COLOR": "1"})
    out, errors = process.communicate(timeout=120)

    assert process.returncode == 0, errors
    typed = [line for line in out.splitlines() if line.startswith("$ vado")]
    assert [line.split()[2] for line in typed] == [
        *("status", "preview", "preview", "backup", "apply", "status")
    ]
    assert "What is lost" in out
    assert "Applied 2 migrations to shop" in out
    assert out.count("Pending      4 migrations") == 1
    assert out.count("Pending      2 migrations") == 1
    assert str(folder) in out
    assert not _still_running(folder)
    assert project.ask("select to_regnamespace('vado') is null") is True


def _still_running(folder: Path) -> list[str]:
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    found = [line for line in listed.stdout.splitlines() if str(folder) in line]
    return [line for line in found if str(os.getpid()) not in line]
