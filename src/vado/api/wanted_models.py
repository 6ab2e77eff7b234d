"""What is asked for to be planned, and to be done with a migration."""

from typing import Literal

from pydantic import Field

from vado.api.models import Identifier, Request, Typed, Version
from vado.preview import WantedPlace


class DryRun(Request):
    """How far to preview, and where."""

    to: Version | None = None
    direction: Literal["up"] = "up"
    place: WantedPlace | None = None
    out_of_order: bool = False


class Undo(Request):
    """How far back: everything above *to*, or the half-done *version*, or the last migration.

    `way` is how a half-done one is undone: what it did, statement by statement (`done`), or by its
    whole *down* section.
    """

    to: Version | None = None
    version: Version | None = None
    way: Literal["done", "down"] = "done"
    place: WantedPlace | None = None


class Baseline(Request):
    """What to call the file; a dry-run proves it and writes nothing."""

    name: str = Field(default="baseline", min_length=1, max_length=200)
    dry_run: bool = False


class Repair(Request):
    """What to do with an edited file, and the checksum of it that was looked at."""

    action: Literal["fix_record", "restore_file"]
    checksum: str | None = Field(default=None, max_length=64)
    confirmation: Typed | None = None


class Mark(Request):
    """Which migration, and what the ledger is to say of it."""

    version: Version
    mark: Literal["applied", "pending"] = Field(alias="as")


class Apply(Request):
    """The plan to apply, and what the user said to it."""

    plan_id: Identifier | None = None
    confirmation: Typed | None = None
    accepted_risks: list[Identifier] = Field(default_factory=list, max_length=200)
    wait_s: float = Field(default=5, ge=0, le=600)
