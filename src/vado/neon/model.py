"""What Neon's API tells, as far as Vado looks at it; times are ISO 8601 in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# What Vado makes at Neon is called so; nothing else is ever deleted unasked.
PREFIX = "vado-"

AnswerPart = Mapping[str, Any]
_SUCCEEDED = frozenset({"finished", "skipped"})
_OVER = frozenset({"error", "cancelled"})


@dataclass(frozen=True, slots=True)
class Account:
    """Whose key it is: of a person, of an organization (or one project of it), or a session."""

    account_id: str
    method: str

    @property
    def personal(self) -> bool:
        """Whether the key has all the rights of a person."""
        return self.method != "api_key_org"

    @classmethod
    def from_json(cls, found: AnswerPart) -> "Account":
        """Read the answer of GET /auth."""
        return cls(found["account_id"], found["auth_method"])


@dataclass(frozen=True, slots=True)
class Project:
    """A project with its limits; None: the API does not say."""

    id: str
    name: str
    pg_version: int
    history_s: int
    stores_passwords: bool
    branches_limit: int | None
    subscription: str | None

    @classmethod
    def from_json(cls, found: AnswerPart) -> "Project":
        """Read a `Project` of the API."""
        owner = found.get("owner") or {}
        return cls(
            id=found["id"],
            name=found["name"],
            pg_version=int(found["pg_version"]),
            history_s=int(found["history_retention_seconds"]),
            stores_passwords=bool(found.get("store_passwords", True)),
            branches_limit=owner.get("branches_limit"),
            subscription=owner.get("subscription_type"),
        )


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch; `restricted` are the actions that Neon does not allow now, with its reasons."""

    id: str
    name: str
    parent_id: str | None
    default: bool
    protected: bool
    state: str
    created_at: str
    expires_at: str | None
    logical_size: int | None
    restore_status: str | None
    restored_from: str | None
    restricted: Mapping[str, str]

    @property
    def root(self) -> bool:
        """Whether it has no parent; only such a branch has snapshots."""
        return self.parent_id is None

    @property
    def ours(self) -> bool:
        """Whether its name says that Vado made it."""
        return self.name.startswith(PREFIX)

    @classmethod
    def from_json(cls, found: AnswerPart) -> "Branch":
        """Read a `Branch` of the API."""
        return cls(
            id=found["id"],
            name=found["name"],
            parent_id=found.get("parent_id") or None,
            default=bool(found.get("default")),
            protected=bool(found.get("protected")),
            state=found["current_state"],
            created_at=found["created_at"],
            expires_at=found.get("expires_at") or None,
            logical_size=found.get("logical_size"),
            restore_status=found.get("restore_status") or None,
            restored_from=found.get("restored_from") or None,
            restricted={
                item["name"]: item["reason"] for item in found.get("restricted_actions") or ()
            },
        )


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The compute of a branch; its host stays the same when its branch is replaced."""

    id: str
    host: str
    branch_id: str
    type: str
    state: str
    disabled: bool

    @classmethod
    def from_json(cls, found: AnswerPart) -> "Endpoint":
        """Read an `Endpoint` of the API."""
        return cls(
            id=found["id"],
            host=found["host"],
            branch_id=found["branch_id"],
            type=found["type"],
            state=found["current_state"],
            disabled=bool(found.get("disabled")),
        )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot of a root branch; its size is computed later than it is taken."""

    id: str
    name: str
    source_branch_id: str | None
    created_at: str
    expires_at: str | None
    lsn: str | None
    size_bytes: int | None

    @classmethod
    def from_json(cls, found: AnswerPart) -> "Snapshot":
        """Read a `Snapshot` of the API."""
        return cls(
            id=found["id"],
            name=found["name"],
            source_branch_id=found.get("source_branch_id") or None,
            created_at=found["created_at"],
            expires_at=found.get("expires_at") or None,
            lsn=found.get("lsn") or None,
            size_bytes=found.get("full_size"),
        )


@dataclass(frozen=True, slots=True)
class NeonOperation:
    """One step of Neon's own work."""

    id: str
    action: str
    status: str
    branch_id: str | None
    error: str | None
    failures: int
    retry_at: str | None

    @property
    def succeeded(self) -> bool:
        """Whether it ended well."""
        return self.status in _SUCCEEDED

    @property
    def over(self) -> bool:
        """Whether it ended otherwise for sure; `failed` may be tried again by Neon."""
        return self.status in _OVER

    @property
    def pending(self) -> bool:
        """Whether Neon is, or may be, still at it; what nobody knows is waited for."""
        return not (self.succeeded or self.over or self.status == "failed")

    @classmethod
    def from_json(cls, found: AnswerPart) -> "NeonOperation":
        """Read an `Operation` of the API."""
        return cls(
            id=found["id"],
            action=found["action"],
            status=found["status"],
            branch_id=found.get("branch_id") or None,
            error=found.get("error") or None,
            failures=int(found.get("failures_count", 0)),
            retry_at=found.get("retry_at") or None,
        )
