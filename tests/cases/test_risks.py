"""Every folder under risks/<rule>/ is a case: before.sql (optional), migration.sql, expected.json.

A line `-- next` in migration.sql begins the next migration of the same plan. With before.sql the
facts are read from a real database (`needs`: of that version or later). `style` asks the optional
rules too. Places are [line, column],
the end is exclusive.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from vado.database import Target, connect
from vado.risks import Facts, judge
from vado.schema import read_catalogue, read_sizes
from vado.sql import Script, parse_script

FOLDER = Path(__file__).parent / "risks"
CASES = sorted(path.parent for path in FOLDER.glob("*/*/expected.json"))


def plan(case: Path) -> list[Script]:
    text = (case / "migration.sql").read_text()
    return [parse_script(part) for part in re.split(r"^-- next\n", text, flags=re.MULTILINE)]


def facts_of(target: Target, before: str, server_version: int, needs: int) -> Facts:
    with connect(target) as session:
        if session.server_version < needs * 10_000:
            pytest.skip(f"PostgreSQL {needs} or later")
        for statement in parse_script(before).statements:
            session.run(statement.text)
        return Facts(read_catalogue(session), read_sizes(session), server_version)


def found(case: Path, facts: Facts, *, style: bool) -> list[dict[str, Any]]:
    return [
        {
            "rule": risk.rule,
            "variant": risk.params["variant"],
            "level": risk.level,
            "destructive": risk.destructive,
            "script": risk.script,
            "from": [risk.line, risk.column],
            "to": [risk.end_line, risk.end_column],
        }
        | ({"suppressed": risk.suppressed} if risk.suppressed else {})
        for risk in judge(plan(case), facts, style=style)
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case_has_exactly_the_expected_risks(case: Path, request: pytest.FixtureRequest) -> None:
    expected = json.loads((case / "expected.json").read_text())
    version = expected["server_version"] * 10_000
    facts = Facts(server_version=version)
    before = case / "before.sql"
    if before.exists():
        target: Target = request.getfixturevalue("database")
        facts = facts_of(target, before.read_text(), version, expected.get("needs", 0))

    assert found(case, facts, style=expected.get("style", False)) == expected["risks"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_case_is_sound_sql(case: Path) -> None:
    assert [error for script in plan(case) for error in script.errors] == []
