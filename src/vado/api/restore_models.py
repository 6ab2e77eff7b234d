"""Restores: what is asked for, and what was kept of the database before."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from vado.api.models import Identifier, Request, Typed

_Table = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class Restore(Request):
    """Which backup, how, and the word that was typed where the database is replaced.

    `swap` puts a new database in the place of the present one, `in_place` makes the present one
    what the backup holds, `tables` loads the tables named into a schema beside all else, `neon`
    makes a branch to look at.
    """

    backup_id: Identifier
    confirmation: Typed | None = None
    mode: Literal["swap", "in_place", "tables", "neon"] = "swap"
    tables: list[_Table] = Field(default_factory=list, max_length=1000)
    schema_name: Annotated[str, StringConstraints(max_length=63)] | None = Field(
        default=None, alias="schema"
    )


class Confirmed(Request):
    """The word that was typed."""

    confirmation: Typed | None = None


class UndoRestore(Confirmed):
    """Which kept database is to have its name again."""

    database: Identifier


class PreviousDatabase(BaseModel):
    """A database as it was before a restore, kept under another name."""

    database: str
    created_at: str
    size_bytes: int | None
    backup_id: str | None
    operation_id: str | None


class PreviousDatabases(BaseModel):
    """What restores have kept."""

    items: list[PreviousDatabase]
