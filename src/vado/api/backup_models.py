"""Backups: what is known of one, and what is asked for."""

from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from vado.api.models import Identifier, Label, Problem, Request
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
    """What is to be taken, and how it is to be kept."""

    label: Label | None = None
    pinned: bool = False
    kind: Kind = "dump"


class ChangeBackup(Request):
    """What is to change of a backup; what is left out stays."""

    label: Label | None = None
    pinned: bool | None = None


class DumpToImport(Request):
    """A dump of another origin, by its path on this machine."""

    path: Annotated[str, StringConstraints(min_length=1, max_length=4096)]


class RefusedFile(BaseModel):
    """A file beside the backups that was not adopted.

    `problem` is the whole error, to be told like any other; `reason` is its message.
    """

    file: str
    reason: str
    problem: Problem


class Adopted(BaseModel):
    """Which files became backups again, and which did not."""

    adopted: list[Backup]
    refused: list[RefusedFile]


class Retention(BaseModel):
    """How many backups are kept of each kind; null: that rule is not in force."""

    daily: int | None
    weekly: int | None
    monthly: int | None
    before_apply: int | None
    max_bytes: int | None
    prune: bool


class Kept(BaseModel):
    """A backup that stays, and why."""

    id: str
    reasons: list[str]


class Doomed(BaseModel):
    """A backup that goes."""

    id: str
    label: str | None
    reason: Reason
    created_at: str
    size_bytes: int | None


class RetentionPlan(BaseModel):
    """What the rules of retention would keep and delete now."""

    policy: Retention
    keep: list[Kept]
    delete: list[Doomed]
    bytes_after: int


class ToDelete(Request):
    """The backups that the plan named, so that nothing else goes than what was seen."""

    ids: list[Identifier] = Field(max_length=10_000)


class Deleted(BaseModel):
    """What was deleted."""

    deleted: list[str]


class ScheduledBackup(BaseModel):
    """When an environment takes its next backup, and the last one it took so."""

    environment: str
    cron: str
    next_at: str | None
    last: Backup | None


class BackupSchedule(BaseModel):
    """The environments that take backups by themselves while Vado runs."""

    items: list[ScheduledBackup]


class BackupStore(BaseModel):
    """Where backups are kept; `problem`: why the list may lack what is in the bucket."""

    kind: str
    place: str
    encrypted: bool
    problem: dict[str, Any] | None
