"""Judging SQL text: errors and risks with their places, without a database or with its facts."""

from pathlib import Path
from typing import Any

from vado.migrations import migration_of, propose_down
from vado.risks import Facts, Risk, allowance_errors, judge
from vado.sql import Script, SqlError


def judge_text(text: str, facts: Facts | None = None) -> list[dict[str, Any]]:
    """Return what is wrong with the text of a migration file, and what its *up* risks."""
    return judge_file(Path("0_text.sql"), text, facts)


def judge_file(
    path: Path, text: str, facts: Facts | None = None, *, style: bool = False
) -> list[dict[str, Any]]:
    """Return the same for a file of any name; MigrationFileInvalid where its markers are wrong."""
    return diagnostics(migration_of("0", path.stem, path, text).script, facts, style=style)


def proposed_way_back(text: str) -> str | None:
    """Return the *down* section that the *up* of a file tells; None when it tells none."""
    return propose_down(migration_of("0", "text", Path("0_text.sql"), text).up)


def diagnostics(
    script: Script, facts: Facts | None = None, *, style: bool = False
) -> list[dict[str, Any]]:
    """Return errors and risks of a script with their places, in the order of the text."""
    found = [_error_json(e) for e in (*script.errors, *allowance_errors(script))]
    found.extend(_risk_json(r) for r in judge([script], facts, style=style))
    return sorted(found, key=lambda d: (d["line"], d["column"]))


def _error_json(error: SqlError) -> dict[str, Any]:
    return {
        "severity": "error",
        "code": error.code,
        "level": None,
        "category": None,
        "line": error.line,
        "column": error.column,
        "end_line": error.line,
        "end_column": error.column + 1,
        "message": error.message,
        "remedy": error.hint,
        "params": {},
        "suppressed": None,
    }


def _risk_json(risk: Risk) -> dict[str, Any]:
    return {
        "severity": "risk",
        "code": risk.rule,
        "level": risk.level,
        "category": risk.category,
        "line": risk.line,
        "column": risk.column,
        "end_line": risk.end_line,
        "end_column": risk.end_column,
        "message": risk.message,
        "remedy": risk.remedy,
        "params": dict(risk.params),
        "suppressed": risk.suppressed,
    }
