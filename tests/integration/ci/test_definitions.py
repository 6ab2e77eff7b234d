"""Facts about the definitions for GitHub's runner and for pre-commit."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.integration.ci.conftest import FIRST, Clone

from vado.cli.arguments import parse
from vado.cli.words import Words

ROOT = Path(__file__).parents[3]
THIRD = "20260103000000_third.sql"
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())


@pytest.mark.parametrize("hook", HOOKS, ids=[hook["id"] for hook in HOOKS])
def test_a_hook_is_a_command_of_vado(hook: dict[str, Any]) -> None:
    program, *typed = hook["entry"].split()
    files = [f"migrations/{FIRST}"] if hook.get("pass_filenames", True) else []

    assert program == "vado"
    assert parse([*typed, *files], Words("en")).does == f"{typed[0]}.run"
    assert re.search(hook["files"], f"db/migrations/{FIRST}")
    assert not re.search(hook["files"], "migrations/notes.md")


def test_the_action_gives_every_input_as_a_variable_and_none_as_script() -> None:
    steps = ACTION["runs"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    given = " ".join(str(value) for step in steps for value in (step.get("env") or {}).values())

    assert not any("${{" in script for script in scripts)
    for name in ACTION["inputs"].keys() - {"python-version"}:
        assert f"inputs.{name} " in given
    for output in ACTION["outputs"].values():
        name = re.search(r"outputs\.([\w-]+)", output["value"])
        assert name is not None
        assert f"{name[1]}=" in (ROOT / "packaging/github-action/run.sh").read_text()


def run(clone: Clone, **variables: str) -> tuple[int, str, dict[str, str]]:
    """Run the action's script as the runner does; return code, output and what it gives on."""
    output = clone.folder.parent / "output"
    ended = subprocess.run(
        ["bash", str(ROOT / "packaging/github-action/run.sh")],
        cwd=clone.folder,
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "VADO": str(Path(sys.executable).parent / "vado"),
            "RUNNER_TEMP": str(clone.folder.parent),
            "GITHUB_OUTPUT": str(output),
            **variables,
        },
    )
    given = output.read_text().splitlines() if output.exists() else []
    return ended.returncode, ended.stdout, dict(line.split("=", 1) for line in given)


def test_a_pull_request_is_checked_and_only_its_own_files_are_judged(clone: Clone) -> None:
    clone.write(THIRD, "drop table old;")

    code, shown, given = run(clone, GITHUB_BASE_REF="main", VADO_MAX_RISK="high")

    assert code == 4
    assert "fits main" in shown
    assert THIRD in shown
    assert FIRST not in shown
    assert given.keys() == {"check-sarif", "lint-sarif"}
    assert "drop-table" in Path(given["lint-sarif"]).read_text()


def test_what_does_not_fit_fails_before_what_is_risky(clone: Clone) -> None:
    clone.write(FIRST, "drop table first;")

    code, shown, _ = run(clone, VADO_BASE="main", VADO_MAX_RISK="low")

    assert code == 7
    assert "does not fit main" in shown
    assert "drop-table" in shown


def test_a_push_has_no_base_and_all_files_are_judged(clone: Clone) -> None:
    code, shown, given = run(clone)

    assert code == 0
    assert FIRST in shown
    assert given.keys() == {"lint-sarif"}
