"""What the screens need beside the databases."""

from typing import Literal

from pydantic import BaseModel

from vado.api.models import Request


class Preferences(Request):
    """What the user chose for the screens."""

    language: Literal["en", "es"] | None = None
    theme: Literal["light", "dark", "system"] = "system"


class Tools(BaseModel):
    """Client tools that were found, and the major versions of servers they are chosen for."""

    version: str
    folder: str
    tls: bool
    zstd: bool
    chosen_for: list[str]


class About(BaseModel):
    """What answers here: its version, and the client tools of this machine, the newest first."""

    version: str
    tools: list[Tools]
