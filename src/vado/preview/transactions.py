"""Which statements of a migration go in one transaction, and where one of them failed."""

from collections.abc import Sequence
from typing import Any

from vado.errors import StatementFailed
from vado.preview.plan import PlannedMigration
from vado.sql import Statement, position

SETS_SESSION = "variable_set_stmt"


def batches(migration: PlannedMigration) -> list[list[Statement]]:
    """Split a migration into what goes in one transaction and what stands alone outside.

    A value that is added to an enum can only be used once it is committed, so a statement that
    names it begins another transaction.
    """
    found: list[list[Statement]] = []
    added: set[str] = set()
    for statement in migration.script.statements:
        alone = not statement.transactional or not migration.transaction
        used = any(value in statement.text for value in added)
        if alone or used or not found or not found[-1][-1].transactional:
            found.append([statement])
            added.clear()
        else:
            found[-1].append(statement)
        added |= _added_value(statement, found[-1])
    return found


def _added_value(statement: Statement, batch: Sequence[Statement]) -> set[str]:
    """Return the literal that the statement adds to an enum which is older than its transaction."""
    value = statement.node.text("newVal") if statement.kind == "alter_enum_stmt" else ""
    renamed = statement.node.text("oldVal") if value else ""
    name = statement.node.names("typeName")
    new = any(s.kind == "create_enum_stmt" and s.node.names("typeName") == name for s in batch)
    if not value or renamed or new:
        return set()
    return {"'" + value.replace("'", "''") + "'"}


def goes_at_once(migration: PlannedMigration) -> bool:
    """Say whether one transaction holds all of a migration, of which nothing is done yet."""
    if migration.statements_done:
        return False
    statements = migration.script.statements
    whole = migration.transaction and all(s.transactional for s in statements)
    return whole and len(batches(migration)) <= 1


def statement_error(
    migration: PlannedMigration, statement: Statement, error: StatementFailed
) -> dict[str, Any]:
    """Return PostgreSQL's error with its place in the migration's file."""
    at = error.details.get("position")
    offset = statement.offset + (at - 1 if at else 0)
    place = migration.place_of(statement.index)
    line, column = place or position(migration.script.text, offset)
    return {
        "version": migration.version,
        "line": line,
        "column": column,
        "sqlstate": error.details.get("sqlstate"),
        "message": error.message,
        "hint": error.hint,
        "detail": error.details.get("detail"),
        "context": error.details.get("context"),
    }
