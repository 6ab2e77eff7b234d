"""What a project consists of, and how the API shows it."""

import secrets
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from tests.neon_stub.storage import Timeline

REGION = "aws-eu-test-1"
DOMAIN = "eu-test-1.aws.neon.tech"
Outcome = Literal["finished", "failed", "stuck", "recovers"]
_ADJECTIVES = ("quiet", "round", "shy", "green", "old", "sweet", "misty", "bold")
_NOUNS = ("hill", "term", "river", "leaf", "moon", "field", "stone", "rain")
_NOTHING_USED = {
    "cpu_used_sec": 0,
    "active_time_seconds": 0,
    "compute_time_seconds": 0,
    "written_data_bytes": 0,
    "data_transfer_bytes": 0,
}


class Refused(Exception):
    """A request that breaks a rule, answered in Neon's envelope."""

    def __init__(self, status: int, message: str, code: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code


def new_id(prefix: str) -> str:
    words = f"{secrets.choice(_ADJECTIVES)}-{secrets.choice(_NOUNS)}"
    return f"{prefix}{words}-{secrets.token_hex(4)}"


def shown(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def read_time(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(400, f"invalid timestamp {text!r}") from None
    if moment.tzinfo is None:
        raise Refused(400, f"the timestamp {text!r} has no time zone")
    return moment


@dataclass
class Work:
    """An operation: it is scheduled, runs, and ends as the test wants it."""

    action: str
    project_id: str
    branch_id: str | None
    endpoint_id: str | None
    lasts_s: float
    outcome: Outcome
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    begun: float = field(default_factory=time.monotonic)

    @property
    def status(self) -> str:
        age = time.monotonic() - self.begun
        if age < self.lasts_s / 3:
            return "scheduling"
        if age < self.lasts_s or self.outcome == "stuck":
            return "running"
        if self.outcome == "recovers":
            return "failed" if age < 2 * self.lasts_s else "finished"
        return self.outcome

    @property
    def pending(self) -> bool:
        return self.status in {"scheduling", "running"}

    def to_json(self) -> dict[str, Any]:
        status = self.status
        failed = self.outcome in {"failed", "recovers"} and status in {"failed", "finished"}
        told: dict[str, Any] = {
            "id": self.id,
            "project_id": self.project_id,
            "action": self.action,
            "status": status,
            "failures_count": int(failed),
            "created_at": shown(self.created_at),
            "updated_at": shown(datetime.now(UTC)),
            "total_duration_ms": int(1000 * (time.monotonic() - self.begun)),
        }
        if self.branch_id:
            told["branch_id"] = self.branch_id
        if self.endpoint_id:
            told["endpoint_id"] = self.endpoint_id
        if status == "failed":
            told["error"] = f"{self.action} failed: the storage did not answer"
            if self.outcome == "recovers":
                told["retry_at"] = shown(self.created_at)
        return told


@dataclass
class Endpoint:
    """A compute's address, which outlives the branch it leads to."""

    project_id: str
    branch_id: str
    suspend_timeout_seconds: int = 0
    minimum: float = 0.25
    maximum: float = 0.25
    disabled: bool = False
    id: str = field(default_factory=lambda: new_id("ep-"))
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def host(self) -> str:
        return f"{self.id}.{DOMAIN}"

    def to_json(self, state: str) -> dict[str, Any]:
        return {
            "id": self.id,
            "host": self.host,
            "proxy_host": DOMAIN,
            "project_id": self.project_id,
            "branch_id": self.branch_id,
            "region_id": REGION,
            "type": "read_write",
            "current_state": state,
            "autoscaling_limit_min_cu": self.minimum,
            "autoscaling_limit_max_cu": self.maximum,
            "suspend_timeout_seconds": self.suspend_timeout_seconds,
            "provisioner": "k8s-neonvm",
            "pooler_enabled": False,
            "pooler_mode": "transaction",
            "disabled": self.disabled,
            "passwordless_access": True,
            "settings": {},
            "creation_source": "console",
            "created_at": shown(self.created_at),
            "updated_at": shown(self.created_at),
        }


@dataclass
class Kept:
    """What a branch held at a moment in the past, which a test said it would ask for."""

    timeline: Timeline
    since_lsn: int
    until_lsn: int
    since: datetime
    until: datetime


@dataclass
class Branch:
    """A branch; its name, parent and data change, its id never does."""

    project_id: str
    name: str
    timeline: Timeline
    created_at: datetime
    parent_id: str | None = None
    parent_lsn: str | None = None
    parent_timestamp: datetime | None = None
    default: bool = False
    protected: bool = False
    expires_at: datetime | None = None
    ttl_s: int | None = None
    init_source: str = "parent-data"
    restore_status: str | None = None
    restored_from: str | None = None
    restored_as: str | None = None
    last_reset_at: datetime | None = None
    annotation: dict[str, str] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    id: str = field(default_factory=lambda: new_id("br-"))

    @property
    def is_root(self) -> bool:
        return self.parent_id is None

    def to_json(self, state: str, restricted: list[dict[str, str]]) -> dict[str, Any]:
        told: dict[str, Any] = {
            "id": self.id,
            "project_id": self.project_id,
            "name": self.name,
            "current_state": state,
            "state_changed_at": shown(self.created_at),
            "creation_source": "console",
            "created_at": shown(self.created_at),
            "updated_at": shown(self.created_at),
            "default": self.default,
            "primary": self.default,
            "protected": self.protected,
            "init_source": self.init_source,
            **_NOTHING_USED,
        }
        if state == "init":
            told["pending_state"] = "ready"
        optional = {
            "parent_id": self.parent_id,
            "parent_lsn": self.parent_lsn,
            "restore_status": self.restore_status,
            "restored_from": self.restored_from,
            "restored_as": self.restored_as,
            "ttl_interval_seconds": self.ttl_s,
            "restricted_actions": restricted or None,
        }
        times = {
            "parent_timestamp": self.parent_timestamp,
            "expires_at": self.expires_at,
            "last_reset_at": self.last_reset_at,
        }
        told |= {k: v for k, v in optional.items() if v is not None}
        return told | {k: shown(v) for k, v in times.items() if v is not None}


@dataclass
class Snapshot:
    """What a root branch held at a moment, apart from every branch."""

    name: str
    timeline: Timeline
    source_branch_id: str
    lsn: str
    created_at: datetime
    passwords: dict[str, str]
    expires_at: datetime | None = None
    id: str = field(default_factory=lambda: new_id("snap-"))

    def to_json(self) -> dict[str, Any]:
        told = {
            "id": self.id,
            "name": self.name,
            "lsn": self.lsn,
            "source_branch_id": self.source_branch_id,
            "created_at": shown(self.created_at),
            "manual": True,
        }
        return told | ({"expires_at": shown(self.expires_at)} if self.expires_at else {})


def lsn_number(text: str) -> int:
    high, slash, low = text.partition("/")
    try:
        return (int(high, 16) << 32) | int(low if slash else "x", 16)
    except ValueError:
        raise Refused(400, f"invalid LSN {text!r}") from None
