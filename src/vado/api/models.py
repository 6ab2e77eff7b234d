"""The shapes of requests and answers; OpenAPI and the page's types come from them."""

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from vado.backups import BackupState, Kind, Reason

Level = Literal["low", "medium", "high", "critical"]
Scalar = str | int | float | bool | None
MAX_TEXT = 5_000_000

Version = Annotated[str, StringConstraints(pattern=r"^\d{1,20}$")]
Identifier = Annotated[str, StringConstraints(min_length=1, max_length=100)]
SqlText = Annotated[str, StringConstraints(max_length=MAX_TEXT)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Label = Annotated[str, StringConstraints(max_length=200)]
Typed = Annotated[str, StringConstraints(max_length=200)]
T = TypeVar("T")


class Request(BaseModel):
    """A request's body: unknown fields are mistakes."""

    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """Every error: a stable code, what happened, what to do next, and data for machines."""

    code: str
    message: str
    hint: str | None
    details: dict[str, Any]


class Page(BaseModel, Generic[T]):
    """A part of a list; `next` is the cursor of the following part."""

    items: list[T]
    next: str | None
    total: int


class MigrationRef(BaseModel):
    """A migration by version and name."""

    version: str
    name: str


class Policy(BaseModel):
    """What an environment demands."""

    rehearsal: bool
    backup: Literal["never", "destructive", "always"]
    confirmation: bool
    preview_first: bool
    accept_from: Level | None


class Environment(BaseModel):
    """A database that Vado knows, without secrets."""

    name: str
    environment_class: Literal["development", "staging", "production"] = Field(alias="class")
    host: str
    port: int
    database: str
    user: str
    tls: bool
    confirmation_word: str
    policy: Policy


class KnownDatabase(BaseModel):
    """What an environment is known as: a database on a server, with a text to show."""

    host: str
    port: int
    database: str
    system_identifier: str | None
    text: str


class ComparisonSide(Request):
    """What to compare with: an environment, the migrations of one, or a backup's id."""

    kind: Literal["environment", "migrations", "backup"]
    name: Identifier


class ComparisonRequest(Request):
    """What the environment is compared with, and how the SQL is to be written."""

    to: ComparisonSide
    safe: bool = False
    renames: Annotated[list[Typed], Field(max_length=100)] = []


class Trust(Request):
    """The word that was typed, where the environment's class asks for one."""

    confirmation: Typed | None = None


class Trusted(BaseModel):
    """What an environment was known as (null: it was not), and what it is known as now."""

    environment: str
    changed: bool
    before: KnownDatabase | None
    after: KnownDatabase


class Environments(BaseModel):
    """All environments."""

    items: list[Environment]


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


class DriftAdoption(Request):
    """What the migration of what drifted is called."""

    name: Name


class SaveMigration(Request):
    """The new text, and the checksum of the one that it replaces."""

    text: SqlText
    checksum: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Text(Request):
    """The text of a migration file; a way back is only proposed when it is asked for."""

    text: SqlText
    propose_down: bool = False


class Step(BaseModel):
    """What an operation is doing; faces translate it by code and params."""

    code: str
    params: dict[str, Any]


class Progress(BaseModel):
    """How far an operation is."""

    step: Step | None
    steps_done: int
    steps_total: int | None
    done: int | None
    total: int | None
    unit: str | None


class Operation(BaseModel):
    """One action, running or over."""

    id: str
    kind: str
    state: Literal[
        "queued", "running", "cancelling", "succeeded", "failed", "cancelled", "interrupted"
    ]
    environment: str | None
    actor: str
    subject: str | None
    progress: Progress | None
    result: dict[str, Any] | None
    error: Problem | None
    created_at: str
    started_at: str | None
    finished_at: str | None


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


class Consent(BaseModel):
    """What was agreed to once for a database, by whom and when."""

    kind: Literal["out-of-order"]
    granted_at: str
    actor: str
    operation_id: str | None


class Consents(BaseModel):
    """What was agreed to for a database."""

    items: list[Consent]


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


class Preferences(Request):
    """What the user chose for the screens."""

    language: Literal["en", "es"] | None = None
    theme: Literal["light", "dark", "system"] = "system"


class Tools(BaseModel):
    """The client tools in use."""

    version: str
    folder: str
    tls: bool


class About(BaseModel):
    """What answers here: its version and its tools."""

    version: str
    tools: Tools | None


class AuditEvent(BaseModel):
    """One entry of the audit log."""

    id: int
    at: str
    action: str
    environment: str | None
    actor: str
    operation_id: str | None
    subject: str | None
    outcome: Literal["intent", "succeeded", "failed", "cancelled", "refused", "interrupted"]
    details: dict[str, Any]


class Chain(BaseModel):
    """Whether the audit log is as it was written."""

    intact: bool
    events: int
    head: str | None
    broken_at: int | None
