"""The environments: what they are, what they are known as, what was agreed to for them."""

from typing import Literal

from pydantic import BaseModel, Field

from vado.api.models import Level, Request, Typed


class Policy(BaseModel):
    """What an environment demands."""

    rehearsal: bool
    backup: Literal["never", "destructive", "always"]
    confirmation: bool
    preview_first: bool
    accept_from: Level | None


class Environment(BaseModel):
    """A database that Vado knows, without secrets; `neon`: its project at Neon is known too."""

    name: str
    environment_class: Literal["development", "staging", "production"] = Field(alias="class")
    host: str
    port: int
    database: str
    user: str
    tls: bool
    neon: bool
    confirmation_word: str
    policy: Policy


class Environments(BaseModel):
    """All environments."""

    items: list[Environment]


class KnownDatabase(BaseModel):
    """What an environment is known as: a database on a server, with a text to show."""

    host: str
    port: int
    database: str
    system_identifier: str | None
    text: str


class Trust(Request):
    """The word that was typed, where the environment's class asks for one."""

    confirmation: Typed | None = None


class Trusted(BaseModel):
    """What an environment was known as (null: it was not), and what it is known as now."""

    environment: str
    changed: bool
    before: KnownDatabase | None
    after: KnownDatabase


class Consent(BaseModel):
    """What was agreed to once for a database, by whom and when."""

    kind: Literal["out-of-order"]
    granted_at: str
    actor: str
    operation_id: str | None


class Consents(BaseModel):
    """What was agreed to for a database."""

    items: list[Consent]
