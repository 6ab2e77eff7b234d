"""Operations and the audit log."""

from typing import Any, Literal

from pydantic import BaseModel

from vado.api.models import Problem


class Step(BaseModel):
    """What an operation is doing; faces translate it by code and params."""

    code: str
    params: dict[str, Any]


class Progress(BaseModel):
    """How far an operation is; `bytes` were written so far, `eta_s` is expected to pass yet.

    `way`: in which of the ways of its kind it is done, such as the mode of a restore.
    """

    step: Step | None
    steps_done: int
    steps_total: int | None
    done: int | None
    total: int | None
    unit: str | None
    bytes: int | None = None
    eta_s: float | None = None
    way: str | None = None


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
