"""What all shapes of requests and answers are made of.

Each subject has a file of shapes beside this one; OpenAPI and the page's types come from them.
"""

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints

Level = Literal["low", "medium", "high", "critical"]
Scalar = str | int | float | bool | None
MAX_TEXT = 5_000_000

Version = Annotated[str, StringConstraints(pattern=r"^\d{1,20}$")]
Identifier = Annotated[str, StringConstraints(min_length=1, max_length=100)]
SqlText = Annotated[str, StringConstraints(max_length=MAX_TEXT)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Label = Annotated[str, StringConstraints(max_length=200)]
Typed = Annotated[str, StringConstraints(max_length=200)]
T = TypeVar("T")


class Request(BaseModel):
    """A request's body: unknown fields are mistakes."""

    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """Every error: a stable code, what happened, what to do next, and data for machines."""

    code: str
    message: str
    hint: str | None
    details: dict[str, Any]


class Page(BaseModel, Generic[T]):
    """A part of a list; `next` is the cursor of the following part."""

    items: list[T]
    next: str | None
    total: int
