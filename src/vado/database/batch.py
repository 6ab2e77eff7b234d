"""The steps of a batch: one message each, with the values bound to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import psycopg

from vado.errors import VadoError

_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")


@dataclass(frozen=True, slots=True)
class Step:
    """One statement: Vado's own with bound values by `%(name)s`, or the user's as written."""

    text: str
    values: Mapping[str, str | int | None] | None = None

    def wire(self) -> tuple[bytes, list[bytes | None] | None]:
        """Return the statement as the server reads it, and its values as texts."""
        if self.values is None:
            return self.text.encode(), None
        text, names = numbered(self.text)
        return text, [_as_text(self.values[name]) for name in names]


@lru_cache
def numbered(text: str) -> tuple[bytes, tuple[str, ...]]:
    """Return a text of Vado's own with `$1` for names, and the names in that order."""
    names: list[str] = []

    def number(match: re.Match[str]) -> str:
        if match[1] is None:
            return "%"
        if match[1] not in names:
            names.append(match[1])
        return f"${names.index(match[1]) + 1}"

    return _PLACEHOLDER.sub(number, text).encode(), tuple(names)


def _as_text(value: str | int | None) -> bytes | None:
    return None if value is None else str(value).encode()


class StepFailed(Exception):
    """The server refused a step: its number, and the driver's error."""

    def __init__(self, step: int, error: psycopg.Error) -> None:
        super().__init__(str(error))
        self.step = step
        self.error = error


class BatchFailed(Exception):
    """A step of a batch failed: its number, and the error it failed with."""

    def __init__(self, step: int, cause: VadoError) -> None:
        super().__init__(cause.message)
        self.step = step
        self.cause = cause
