"""Which function answers which call of the API."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.neon_stub.project import Project


@dataclass(frozen=True)
class Request:
    """What a call was given: the values in its path, its parameters and its body."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]
    front: tuple[str, int]

    @property
    def branch_id(self) -> str:
        return self.path["branch_id"]


Answer = tuple[int, Any]
Call = Callable[[Project, Request], Answer]
CALLS: dict[str, Call] = {}


def call(name: str) -> Callable[[Call], Call]:
    """Register what answers the operation called *name* in the description."""

    def register(function: Call) -> Call:
        CALLS[name] = function
        return function

    return register
