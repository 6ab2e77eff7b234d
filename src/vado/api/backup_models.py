"""Backups: what is known of one, and what is asked for."""

from typing import Any, Literal

from pydantic import BaseModel

from vado.api.models import Identifier, Label, Request, Typed
from vado.backups import BackupState, Kind, Reason


class Backup(BaseModel):
    """A backup."""

    id: str
    state: BackupState
    label: str | None
    reason: Reason
    pinned: bool
    environment: str
    database: str
    created_at: str
    finished_at: str | None
    size_bytes: int | None
    sha256: str | None
    server_version: str
    tool_version: str
    tables: int | None
    rows: int | None
    ledger_version: str | None
    fingerprint: str | None
    verified_at: str | None
    proven_at: str | None = None
    available: bool
    plan_id: str | None
    operation_id: str | None
    kind: Kind
    store: str
    encrypted: bool
    quarantined: bool
    expires_at: str | None
    error: dict[str, Any] | None


class NewBackup(Request):
    """How a backup is to be kept."""

    label: Label | None = None
    pinned: bool = False


class ChangeBackup(Request):
    """What is to change of a backup; what is left out stays."""

    label: Label | None = None
    pinned: bool | None = None


class Restore(Request):
    """Which backup is to replace the database, and the word that was typed."""

    backup_id: Identifier
    confirmation: Typed | None = None
    mode: Literal["swap"] = "swap"
