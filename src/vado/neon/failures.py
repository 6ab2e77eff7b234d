"""Answers of the API that are no success, in Vado's words; by status, as codes are often empty."""

from collections.abc import Mapping
from typing import Any

from vado.errors import (
    NeonBusy,
    NeonError,
    NeonKeyRefused,
    NeonLimit,
    NeonNotFound,
    NeonRefused,
)
from vado.logging import redact

BUSY = frozenset({423, 503})
TIMED_OUT = 408
CONFLICT = 409
TOO_MANY = 429
LAST_OF_SUCCESS = 299
FIRST_OF_SERVER = 500

_KINDS: Mapping[int, type[NeonError]] = {
    400: NeonRefused,
    401: NeonKeyRefused,
    402: NeonLimit,
    403: NeonKeyRefused,
    404: NeonNotFound,
    406: NeonRefused,
    409: NeonRefused,
    412: NeonRefused,
    422: NeonRefused,
    423: NeonBusy,
    429: NeonLimit,
    503: NeonBusy,
}
_HINTS: Mapping[type[NeonError], str] = {
    NeonKeyRefused: "Make a key for this project in Neon's console and set it in the variable.",
    NeonNotFound: "Check project in [neon] of vado.toml, and that the key belongs to it.",
    NeonBusy: "Try again when Neon has ended what it is doing.",
    NeonLimit: "Wait, or look at the limits of the project in Neon's console.",
    NeonRefused: "Neon's console shows the state of the project.",
}
# Neon says in words, and under several statuses, that the plan allows no more.
_LIMIT_WORDS = ("limit", "quota", "exceeded")
_LONGEST_MESSAGE = 300


class UnclearAnswer(NeonError):
    """An answer that says yes and is not as Neon describes it."""


def unclear(what: str) -> UnclearAnswer:
    """Return the error for an answer that is not as it should be; *what* names the call."""
    return UnclearAnswer(
        f"what neon answered when asked to {what} cannot be understood",
        hint="Neon's API may be newer than this Vado: look for a newer version.",
        details={"status": None, "request_id": None},
    )


def refusal(what: str, status: int, answer: object, request_id: str) -> NeonError:
    """Return the error for an answer that says no; *what* names the call."""
    known: Mapping[str, Any] = answer if isinstance(answer, dict) else {}
    said = redact(str(known.get("message") or f"status {status}"))[:_LONGEST_MESSAGE]
    kind = _KINDS.get(status, NeonError)
    if kind is NeonRefused and any(word in said.lower() for word in _LIMIT_WORDS):
        kind = NeonLimit
    return kind(
        f"neon refuses to {what}: {said}",
        hint=_HINTS.get(kind, "Look at neonstatus.com, or try again later."),
        details={
            "status": status,
            "request_id": str(known.get("request_id") or request_id),
            "neon_code": str(known.get("code") or ""),
        },
    )
