"""The state of a database, with what stopped half-way and the ways out of it."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from vado.api.backup_models import Backup
from vado.api.environment_models import Consent
from vado.api.migration_models import MigrationRef
from vado.api.operation_models import Operation


class Lock(BaseModel):
    """Who holds the migration lock."""

    pid: int
    host: str
    user: str
    since: str
    application: str
    query: str | None = None


class ShutBy(BaseModel):
    """Who holds a table so that the schema cannot be read now; empty when it is not seen."""

    pid: int | None = None
    user: str | None = None
    host: str | None = None
    application: str | None = None
    query: str | None = None
    name: str | None = None
    queue: int | None = None


class Drift(BaseModel):
    """Whether the schema is what the last run left; `found` is null while it cannot be read."""

    known: bool
    drifted: bool
    expected: str | None
    found: str | None
    shut_by: ShutBy | None


class WayBack(BaseModel):
    """How what a statement did is taken back; `unknown`: it is not known how."""

    code: Literal["down", "catalogue", "inverse", "goes_with", "nothing", "stays", "unknown"]
    sql: list[str]
    reason: str | None
    message: str


class HalfDoneStep(BaseModel):
    """A statement of a migration that stopped half-way, from 1.

    `evidence` tells how its state is known; `running_pid` is the server process that is still at
    work on it.
    """

    number: int
    line: int | None = None
    state: Literal["done", "failed", "started", "pending"]
    evidence: Literal["ledger", "journal", "catalogue", "none"] = "ledger"
    running_pid: int | None = None
    statement: str
    error: str | None
    left_behind: list[str]
    way_back: WayBack | None = None


class Offer(BaseModel):
    """A way out of a half-done migration: a plan, made by sending `body` to `path`.

    One that is not `available` says why by `code` and `message`.
    """

    action: Literal["resume", "undo", "undo_down", "mark_applied", "mark_pending"]
    available: bool
    code: str | None
    message: str | None
    command: str
    path: str
    body: dict[str, Any]


class HalfDone(MigrationRef):
    """A migration that stopped half-way, how far it is known to be, and the ways out."""

    direction: Literal["up", "down"]
    file: Literal["as_begun", "corrected", "edited", "missing"] = "as_begun"
    way: Literal["done", "down"] | None = None
    statements_done: int
    statements_total: int
    steps: list[HalfDoneStep]
    offers: list[Offer] = Field(default_factory=list)


class Status(BaseModel):
    """The state of a database."""

    format: int
    environment: str
    environment_class: str = Field(alias="class")
    host: str
    database: str
    user: str
    server_version: str
    size_bytes: int
    tables: int
    initialised: bool
    lock: Lock | None
    version: str | None
    pending: list[MigrationRef]
    edited: list[MigrationRef]
    missing: list[MigrationRef]
    out_of_order: list[MigrationRef]
    partial: HalfDone | None
    half_done: list[HalfDone] = Field(default_factory=list)
    consents: list[Consent] = Field(default_factory=list)
    applied_total: int
    drift: Drift | None
    last_backup: Backup | None
    last_operation: Operation | None
