"""What the other rooms and the faces see of a backup and of a restore."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from vado.errors import UsageError

_LONGEST_NAME = 63  # bytes
BackupState = Literal[
    "creating",
    "ready",
    "verified",
    "proven",
    "failed",
    "unknown",
    "missing",
    "expired",
    "deleting",
    "deleted",
]
Reason = Literal["manual", "scheduled", "before_apply", "before_restore", "imported"]
# A dump is a file; the others are kept by Neon and known here by a record.
Kind = Literal["dump", "neon_snapshot", "neon_branch", "neon_lsn"]

# States of which the database can be restored, as long as the file is there.
USABLE: frozenset[BackupState] = frozenset({"ready", "verified", "proven"})
RestoreMode = Literal["swap", "in_place", "tables", "neon"]


@dataclass(frozen=True, slots=True)
class BackupRequest:
    """Why a backup is taken, and how it is to be kept."""

    label: str | None = None
    reason: Reason = "manual"
    pinned: bool = False
    plan_id: str | None = None
    kind: Kind = "dump"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup; times are ISO 8601 in UTC, `created_at` by the server's clock.

    `tables` and `rows` count the user's tables without Vado's own and are known once the backup
    was decoded. `available`: the file is there, or what Neon keeps. `store`: "local", "s3" or
    "neon". `quarantined`: its origin is not known, so it is restored only beside the database.
    `left_out` names what the role could not read ("large_objects").
    """

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
    available: bool
    plan_id: str | None
    operation_id: str | None
    proven_at: str | None
    kind: Kind
    store: str
    encrypted: bool
    quarantined: bool
    expires_at: str | None
    error: Mapping[str, Any] | None
    left_out: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether the database can be restored from it now."""
        return self.state in USABLE and self.available

    def to_json(self) -> dict[str, Any]:
        """Return it as the API and `--json` show it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class BackupFilter:
    """Which backups are asked for; None does not matter. *search* looks into label, id and plan."""

    state: BackupState | None = None
    reason: Reason | None = None
    kind: Kind | None = None
    pinned: bool | None = None
    search: str | None = None


@dataclass(frozen=True, slots=True)
class RestoreRequest:
    """Which backup is restored, how, and the word that was typed to confirm it.

    "swap" puts a new database in the place of the present one, which is kept. "in_place" makes the
    present one what the backup holds, in one transaction. "tables" loads *tables* into *schema*
    beside everything else; without a name the schema is called after the time.
    """

    backup_id: str
    confirmation: str | None = None
    mode: RestoreMode = "swap"
    tables: tuple[str, ...] = ()
    schema: str | None = None

    def __post_init__(self) -> None:
        """Raise UsageError: whoever names tables does not mean the whole database."""
        if self.mode == "tables":
            if not self.tables:
                raise UsageError(
                    "no table is named",
                    hint="Name those that are to be restored (--table NAME, for each).",
                    details={"reason": "no_table"},
                )
            if self.schema is not None and not 0 < len(self.schema.encode()) <= _LONGEST_NAME:
                raise UsageError(
                    f"a schema cannot be called {self.schema!r}",
                    hint=f"Give a name of at most {_LONGEST_NAME} bytes.",
                    details={"reason": "schema_name"},
                )
        elif self.tables or self.schema is not None:
            raise UsageError(
                f"tables or a schema are named, but the mode {self.mode} restores everything",
                hint="Choose the mode tables to restore some beside the others, or name none.",
                details={"reason": "tables_in_mode", "mode": self.mode},
            )


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What a restore left.

    `previous_database` is what had the database's name before a swap, `schema` where tables were
    put, `branch` the branch of Neon that waits to be looked at.
    """

    database: str
    previous_database: str | None
    backup_id: str | None
    safety_backup_id: str | None
    operation_id: str
    mode: RestoreMode = "swap"
    schema: str | None = None
    branch: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it as the API and `--json` show it."""
        return asdict(self)
