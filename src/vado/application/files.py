"""Migrations as the faces show them: listed, read, created, saved, judged."""

from datetime import datetime
from pathlib import Path
from typing import Any

from vado.database import connect, parse_url
from vado.environments import Environment
from vado.errors import NotFound
from vado.migrations import (
    Entry,
    Migration,
    create_migration,
    delete_migration,
    find_migration,
    migration_of,
    read_ledger,
    read_standing,
    refuse_applied,
    save_migration,
)
from vado.risks import LEVELS, Facts, Risk, judge
from vado.schema import read_catalogue, read_sizes
from vado.sql import Script, SqlError


def list_migrations(environment: Environment) -> list[dict[str, Any]]:
    """Return every migration with its state, newest first."""
    standing, _ = read_standing(environment)
    return [migration_json(entry) for entry in reversed(standing.entries)]


def read_migration(environment: Environment, version: str) -> dict[str, Any]:
    """Return one migration with its text, and the ledger's where that differs."""
    entry = _entry(environment, version)
    return {
        **migration_json(entry),
        "text": entry.migration.text if entry.migration else "",
        "ledger_text": entry.row.sql_text if entry.row else None,
        "diagnostics": diagnostics(entry.migration.script) if entry.migration else [],
    }


def _entry(environment: Environment, version: str) -> Entry:
    standing, _ = read_standing(environment)
    for entry in standing.entries:
        if version.isdecimal() and int(entry.version) == int(version):
            return entry
    raise NotFound(f"there is no migration {version}", hint="`vado status` lists the versions.")


def new_migration(environment: Environment, name: str, up: str, down: str) -> dict[str, Any]:
    """Create a file; SQL that is broken is saved all the same, with what is wrong in it."""
    migration = create_migration(environment.migrations_folder, name, up=up, down=down)
    return _saved(migration)


def save_text(
    environment: Environment, version: str, text: str, expected_checksum: str
) -> dict[str, Any]:
    """Save the text of a migration that was not applied yet."""
    migration = find_migration(environment.migrations_folder, version)
    refuse_applied(migration, applied=_applied(environment, migration))
    return _saved(save_migration(migration, text, expected_checksum=expected_checksum))


def remove_migration(environment: Environment, version: str) -> None:
    """Delete the file of a migration that was not applied yet."""
    migration = find_migration(environment.migrations_folder, version)
    delete_migration(migration, applied=_applied(environment, migration))


def _applied(environment: Environment, migration: Migration) -> bool:
    with environment.session(read_only=True) as session:
        return any(
            row.number == migration.number and row.state != "undone" for row in read_ledger(session)
        )


def _saved(migration: Migration) -> dict[str, Any]:
    entry = Entry(migration.version, migration.name, "pending", migration, None)
    return {**migration_json(entry), "diagnostics": diagnostics(migration.script)}


def migration_json(entry: Entry) -> dict[str, Any]:
    """Return a migration as lists show it."""
    migration, row = entry.migration, entry.row
    return {
        "version": entry.version,
        "name": entry.name,
        "file": migration.path.name if migration else None,
        "state": entry.state,
        "checksum": migration.checksum if migration else (row.checksum if row else None),
        "has_down": bool(migration and migration.down and migration.down.strip()),
        "statements": row.statements_total if row else _count(migration),
        "applied_at": _time(row.finished_at) if row else None,
        "duration_ms": row.duration_ms if row else None,
        "applied_by": row.os_user if row else None,
        "risk_level": _level(migration) if entry.state == "pending" else None,
    }


def _time(value: datetime | None) -> str | None:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if value else None


def _count(migration: Migration | None) -> int:
    return len(migration.script.statements) if migration else 0


def _level(migration: Migration | None) -> str | None:
    """Return the highest level that the text alone shows; the preview knows more."""
    if migration is None:
        return None
    found = judge([migration.script], None)
    return max((risk.level for risk in found), key=LEVELS.index, default=None)


def judge_text(text: str, facts: Facts | None = None) -> list[dict[str, Any]]:
    """Return what is wrong with the text of a migration file, and what its *up* risks."""
    return judge_file(Path("0_text.sql"), text, facts)


def judge_file(path: Path, text: str, facts: Facts | None = None) -> list[dict[str, Any]]:
    """Return the same for a file of any name; MigrationFileInvalid where its markers are wrong."""
    return diagnostics(migration_of("0", path.stem, path, text).script, facts)


def read_facts(url: str) -> Facts:
    """Read what the rules can know of a database: its catalogue, sizes and version."""
    with connect(parse_url(url), application_name="vado lint", read_only=True) as session:
        return Facts(read_catalogue(session), read_sizes(session), session.server_version)


def diagnostics(script: Script, facts: Facts | None = None) -> list[dict[str, Any]]:
    """Return errors and risks of a script with their places, in the order of the text."""
    found = [_error_json(e) for e in script.errors]
    found.extend(_risk_json(r) for r in judge([script], facts))
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
    }
