"""Migrations as the faces show them: listed, read, created, saved, deleted.

What changes a file is written down in the audit log, refusals too.
"""

from datetime import datetime
from typing import Any

from vado.application.lint import diagnostics
from vado.application.vado import Vado
from vado.environments import Environment
from vado.errors import NotFound
from vado.migrations import (
    Entry,
    Migration,
    create_migration,
    delete_migration,
    find_migration,
    read_ledger,
    read_standing,
    refuse_applied,
    save_migration,
    version_number,
)
from vado.operations import Request
from vado.risks import LEVELS, judge


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
        if int(entry.version) == version_number(version):
            return entry
    raise NotFound(f"there is no migration {version}", hint="`vado status` lists the versions.")


def new_migration(
    vado: Vado, environment: Environment, name: str, up: str, down: str
) -> dict[str, Any]:
    """Create a file; SQL that is broken is saved all the same, with what is wrong in it."""
    with vado.acting(Request("migration_create", environment.name, name)) as known:
        migration = create_migration(environment.migrations_folder, name, up=up, down=down)
        known.update(_named(migration))
    return _saved(migration)


def save_text(
    vado: Vado, environment: Environment, version: str, text: str, expected_checksum: str
) -> dict[str, Any]:
    """Save the text of a migration that was not applied yet, or only half."""
    asked = Request("migration_save", environment.name, version)
    with vado.acting(asked, {"checksum_before": expected_checksum}) as known:
        migration = find_migration(environment.migrations_folder, version)
        refuse_applied(migration, applied=_applied(environment, migration, half_done=False))
        saved = save_migration(migration, text, expected_checksum=expected_checksum)
        known.update(_named(saved))
    return _saved(saved)


def remove_migration(vado: Vado, environment: Environment, version: str) -> None:
    """Delete the file of a migration that was not applied yet."""
    with vado.acting(Request("migration_delete", environment.name, version)) as known:
        migration = find_migration(environment.migrations_folder, version)
        delete_migration(migration, applied=_applied(environment, migration))
        known.update(_named(migration))


def _named(migration: Migration) -> dict[str, object]:
    """Return what the audit log keeps of a file: which it is, and of its text only the digest."""
    return {"file": migration.path.name, "checksum": migration.checksum}


def _applied(environment: Environment, migration: Migration, *, half_done: bool = True) -> bool:
    """Say whether it is applied; *half_done*: what one counts as whose *up* stopped half-way."""
    with environment.session(read_only=True) as session:
        row = next((r for r in read_ledger(session) if r.number == migration.number), None)
    if row is None or row.state == "undone":
        return False
    # What failed in it has to be corrected; a change to what is done is told by the status.
    return half_done if row.state == "partial" and row.undo_done is None else True


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
        "applied_at": _time(row.finished_at) if row and row.state != "undone" else None,
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
    open_ = (risk.level for risk in found if risk.suppressed is None)
    return max(open_, key=LEVELS.index, default=None)
