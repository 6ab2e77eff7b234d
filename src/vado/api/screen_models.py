"""What the screens need beside the databases."""

from typing import Literal

from pydantic import BaseModel

from vado.api.models import Request


class Preferences(Request):
    """What the user chose for the screens."""

    language: Literal["en", "es"] | None = None
    theme: Literal["light", "dark", "system"] = "system"


class Tools(BaseModel):
    """The client tools in use."""

    version: str
    folder: str
    tls: bool


class About(BaseModel):
    """What answers here: its version and its tools."""

    version: str
    tools: Tools | None
