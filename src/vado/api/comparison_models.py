"""Comparisons and drift: what is asked for."""

from typing import Literal

from pydantic import Field

from vado.api.models import Identifier, Name, Request, Typed


class ComparisonSide(Request):
    """What to compare with: an environment, the migrations of one, or a backup's id."""

    kind: Literal["environment", "migrations", "backup"]
    name: Identifier


class ComparisonRequest(Request):
    """What the environment is compared with, and how the SQL is to be written."""

    to: ComparisonSide
    safe: bool = False
    renames: list[Typed] = Field(default_factory=list, max_length=100)


class DriftAdoption(Request):
    """What the migration of what drifted is called."""

    name: Name
