"""The shape of a plan and of what it is made of."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from vado.api.models import Level, Request, SqlText, Version
from vado.api.status_models import WayBack


class Risk(BaseModel):
    """One hazard of one statement."""

    rule: str
    level: Level
    category: str
    version: str
    statement: int
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    remedy: str
    params: dict[str, Any]
    destructive: bool
    suppressed: str | None = None


class Detail(BaseModel):
    """One property before and after."""

    property: str
    before: str | int | bool | list[str] | None
    after: str | int | bool | list[str] | None


class Change(BaseModel):
    """One difference of the schema; owners and privileges are a section of their own."""

    kind: str
    identity: str
    action: Literal["add", "remove", "change", "rename"]
    destructive: bool
    new_identity: str | None
    section: Literal["structure", "access"] = "structure"
    details: list[Detail]


class Loss(BaseModel):
    """Data that the plan destroys."""

    identity: str
    kind: Literal["rows", "values"]
    rows: int | None
    exact: bool
    version: str | None
    line: int | None


class Violation(BaseModel):
    """Rows of the target that a change would fail on, or (`changed`) alter without a word."""

    identity: str
    table: str
    kind: Literal[
        "null", "check", "foreign_key", "duplicate", "too_long", "not_convertible", "changed"
    ]
    rows: int | None
    samples: list[dict[str, str | None]]


class Limit(BaseModel):
    """Something the rehearsal could not look at."""

    code: str
    message: str
    params: dict[str, Any]


class StatementError(BaseModel):
    """PostgreSQL's error with its place in the file."""

    version: str
    line: int
    column: int
    sqlstate: str | None
    message: str
    hint: str | None
    detail: str | None = None
    context: str | None = None


class Rehearsal(BaseModel):
    """Where the plan was tried, and with what result."""

    place: Literal["embedded", "scratch", "branch", "copy", "backup", "text"]
    ok: bool
    limits: list[Limit]
    duration_ms: int
    server_version: str | None
    error: StatementError | None


class HeldLock(BaseModel):
    """A lock that a statement takes on what was there before, and what it keeps others from."""

    identity: str
    mode: str
    blocks: Literal["schema_changes", "writes", "reads_and_writes"] | None


class Counted(BaseModel):
    """Rows that a statement read and wrote, and bytes of the write-ahead log."""

    rows_read: int
    rows_written: int
    wal_bytes: int


class TableWork(BaseModel):
    """A table that a statement rewrites, reads wholly, or builds an index of."""

    kind: Literal["rewrite", "scan", "build"]
    table: str


class Estimate(BaseModel):
    """How long it would take in the target, and by what that was measured."""

    low_ms: int
    high_ms: int
    basis: Literal["rows", "target", "this_machine"]


class Trace(BaseModel):
    """What a statement did on the copy; `locks` and `counted` are null outside a transaction."""

    locks: list[HeldLock] | None
    rewrites: list[str]
    scans: list[str]
    builds: list[str]
    proven: list[str]
    notices: list[str]
    counted: Counted | None = None
    work: list[TableWork] = []


class Statement(BaseModel):
    """One statement of the plan."""

    index: int
    version: str
    line: int
    column: int
    kind: str
    sql: str
    transactional: bool
    duration_ms: float | None
    rows: int | None
    error: StatementError | None
    trace: Trace | None = None
    estimate: Estimate | None = None


class Requirement(BaseModel):
    """Something that applying the plan demands; `out_of_order` is agreed to once a database."""

    kind: Literal["rehearsal", "backup", "confirmation", "accept_risk", "out_of_order"]
    satisfied: bool
    word: str | None
    rule: str | None
    level: Level | None


class Reversible(BaseModel):
    """What up and then down left on a copy; null where that is not known."""

    schema_: bool | None = Field(alias="schema")
    data: bool | None
    code: str
    reason: str
    params: dict[str, Any]


class PlanMigration(BaseModel):
    """A migration of the plan.

    `way` is set where what a half-done one did is taken back: statement by statement (`done`), or
    by its whole *down* section. `restored` is what that left on the copy, compared with before.
    """

    version: str
    name: str
    direction: Literal["up", "down"]
    checksum: str
    reversible: Reversible | None = None
    statements_done: int = 0
    way: Literal["done", "down"] | None = None
    restored: Reversible | None = None


class TakenBack(BaseModel):
    """A statement that a half-done migration began, and how it is taken back."""

    version: str
    number: int
    line: int | None
    state: Literal["done", "failed", "started"]
    statement: str
    way_back: WayBack


class Ddl(BaseModel):
    """The touched part of the schema as SQL, before and after."""

    before: str
    after: str


class RecordChange(BaseModel):
    """What the ledger says of a migration now (null: nothing), and what it will say.

    Of a half-done one: the statements that are not done, and the invalid indexes that stay.
    """

    version: str
    name: str
    before: str | None
    after: str
    checksum: str
    not_done: list[str] = Field(default_factory=list)
    left_behind: list[str] = Field(default_factory=list)


class PlanSummary(BaseModel):
    """A plan as lists show it."""

    plan_id: str
    state: Literal["ready", "outdated", "consumed"]
    environment: str
    created_at: str
    migrations: list[PlanMigration]


class Blocker(BaseModel):
    """A session that was in the way when the preview looked."""

    kind: Literal["lock", "long_transaction"]
    pid: int
    user: str
    host: str
    application: str
    since: str
    query: str
    table: str | None


class Blockers(BaseModel):
    """Who is in the way of a plan, and when that was looked at."""

    checked_at: str
    items: list[Blocker]


class Basis(BaseModel):
    """What the plan was made for; it is valid only for that."""

    identity: str
    ledger: str
    fingerprint: str


class Plan(BaseModel):
    """A plan."""

    format: int
    plan_id: str
    digest: str
    kind: Literal["up", "undo", "resume", "mark", "baseline"]
    state: Literal["ready", "outdated", "consumed"]
    environment: str
    environment_class: str = Field(alias="class")
    database: str
    created_at: str
    migrations: list[PlanMigration]
    statements: list[Statement]
    risks: list[Risk]
    changes: list[Change]
    losses: list[Loss]
    ddl: Ddl
    rehearsal: Rehearsal
    requires: list[Requirement]
    record: list[RecordChange] = Field(default_factory=list)
    out_of_order: list[str] = Field(default_factory=list)
    creates_schemas: bool = False
    violations: list[Violation] = []
    blockers: list[Blocker] = Field(default_factory=list)
    taken_back: list[TakenBack] = Field(default_factory=list)
    basis: Basis | None = None
    fingerprint_before: str
    fingerprint_after: str | None


class TryText(Request):
    """A text to try; `version` is the pending migration that it is the text of."""

    text: SqlText
    version: Version | None = None


class Tried(BaseModel):
    """What a text does to the schema, up to its first error; nothing of it is kept."""

    changes: list[Change]
    ddl: Ddl
    error: StatementError | None
    limits: list[Limit]
    duration_ms: int


class Diff(BaseModel):
    """The current schema against the one after the pending migrations."""

    versions: list[str]
    changes: list[Change]
    ddl: Ddl
    rehearsal: Rehearsal
    fingerprint_before: str
    fingerprint_after: str | None
