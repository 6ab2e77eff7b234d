"""What Neon keeps of a database that lives there."""

from typing import Literal

from pydantic import BaseModel


class NeonProject(BaseModel):
    """The project."""

    id: str
    name: str
    pg_version: int


class NeonBranch(BaseModel):
    """The branch that the environment's compute serves now.

    `restricted` are the actions that Neon does not allow, with its reasons.
    """

    id: str
    name: str
    protected: bool
    default: bool
    expires_at: str | None
    children: int
    restricted: dict[str, str]


class NeonEndpoint(BaseModel):
    """The compute; its host stays when another branch stands behind it."""

    id: str
    host: str
    state: str


class NeonOrphan(BaseModel):
    """A branch that Vado made for a while and that is still there; it may be removed."""

    branch_id: str
    name: str
    created_at: str
    expires_at: str | None
    kind: Literal["rehearsal", "restore"]


class NeonLook(BaseModel):
    """What was found on the branch that a restore made.

    `host` is where it is reached, with the role and password of the database itself.
    """

    host: str
    ledger_version: str | None
    ledger_equal: bool
    schema_equal: bool


class NeonRestore(BaseModel):
    """A restore that has not been decided.

    `step`: it is being made, it waits to be looked at, or it is taking its place. `working`: a Vado
    is at work on it right now. If none is, and it does not wait, it was cut short; to finalize or
    to abandon it then begins with what Neon made of it. `expires_at`: when Neon deletes the branch
    by itself, null for never. `look`: what was found, once it waits.
    """

    backup_id: str
    branch: str
    branch_id: str | None
    step: Literal["restoring", "look", "finalizing"]
    at: str
    expires_at: str | None
    working: bool
    can_finalize: bool
    can_abandon: bool
    look: NeonLook | None = None


class NeonPrevious(BaseModel):
    """A branch that was the database before a restore.

    `backup_id` is the backup that restores and deletes it; null where only Neon's console does.
    """

    name: str
    branch_id: str
    created_at: str
    backup_id: str | None


class NeonUnrecorded(BaseModel):
    """A backup that some Vado has at Neon, and of which there is no record on this machine."""

    id: str
    name: str
    kind: Literal["branch", "snapshot"]
    created_at: str


class Neon(BaseModel):
    """Where a database lives at Neon.

    `root`: whether its branch has no parent; only such a branch has snapshots. `history_until` is
    the earliest moment that the branch remembers. `personal_key`: the key may do all that a person
    may, where one for this project alone is enough; null where it may not say. `previous` are
    branches that were the database before a restore, `unfinished` restores that were not decided,
    `unrecorded` backups that some Vado has there without a record on this machine.
    """

    project: NeonProject
    branch: NeonBranch
    endpoint: NeonEndpoint
    root: bool
    history_until: str
    branches: int
    branches_limit: int | None
    subscription: str | None
    personal_key: bool | None
    orphans: list[NeonOrphan]
    unfinished: list[NeonRestore]
    previous: list[NeonPrevious]
    unrecorded: list[NeonUnrecorded]
