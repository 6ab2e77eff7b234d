"""Migrations, their texts, and what is wrong with them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, StringConstraints

from vado.api.models import Level, Name, Request, SqlText


class MigrationRef(BaseModel):
    """A migration by version and name."""

    version: str
    name: str


class Diagnostic(BaseModel):
    """An error or a risk at a place of a text (1-based characters, the end exclusive)."""

    severity: Literal["error", "risk"]
    code: str
    level: Level | None
    category: str | None
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    remedy: str | None
    params: dict[str, Any]
    suppressed: str | None = None


class Diagnostics(BaseModel):
    """What is wrong with a text, what it risks, and the way back that its *up* tells, if any."""

    diagnostics: list[Diagnostic]
    proposed_down: str | None = None


class Migration(BaseModel):
    """A migration with its state."""

    version: str
    name: str
    file: str | None
    state: Literal[
        "pending", "applied", "partial", "edited", "missing", "out_of_order", "baseline", "undone"
    ]
    checksum: str | None
    has_down: bool
    statements: int
    applied_at: str | None
    duration_ms: int | None
    applied_by: str | None
    risk_level: Level | None
    diagnostics: list[Diagnostic] | None = None


class MigrationText(Migration):
    """A migration with its text, and the ledger's."""

    text: str
    ledger_text: str | None


class NewMigration(Request):
    """What a new migration is called and does."""

    name: Name
    up: SqlText = ""
    down: SqlText = ""


class SaveMigration(Request):
    """The new text, and the checksum of the one that it replaces."""

    text: SqlText
    checksum: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Text(Request):
    """The text of a migration file; a way back is only proposed when it is asked for."""

    text: SqlText
    propose_down: bool = False
