"""A server that sleeps: Neon starts a compute when somebody connects; that may take several tries.

Only connecting is tried again, before any SQL was sent. What the proxy says decides: a wrong
password or a disabled compute stay so however often one asks.
"""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from vado.database.url import Target
from vado.errors import Cancelled

TRIES = 4
_NEON = ".neon.tech"
_FIRST_PAUSE_S = 1.0
_GROWTH = 3
_SLOW_PAUSE_S = 5.0
# A compute that is up answers sooner, from anywhere.
_SLOW_S = 1.5

# What Neon's proxy says, in parts of its sentences.
_ASLEEP = (
    "Couldn't connect to compute node",
    "Control plane request failed",
    "Authentication timed out",
)
# These say so of any server, and mean a sleeping one only at Neon.
_ASLEEP_AT_NEON = (
    "Connection refused",
    "Connection reset",
    "server closed the connection unexpectedly",
    "the database system is starting up",
    "terminating connection due to administrator command",
)
_CROWDED = (
    "Failed to acquire permit to connect",
    "Too many connections",
    "no more connections allowed",
)
_HINTS = (
    ("Check your quotas", "Look at the project's quotas in Neon's console."),
    ("endpoint is disabled", "Enable the compute in Neon's console."),
    ("endpoint cannot be found", "Correct the host: its first part names the compute."),
    ("Endpoint ID is not specified", "Correct the host: its first part names the compute."),
    ("Inconsistent project name", "Leave out options=endpoint=...; the host is enough."),
    ("This IP address", "Allow this address in the settings of the project in Neon's console."),
    ("blocked network", "Allow this network in the settings of the project in Neon's console."),
    ("connection is insecure", "Write sslmode=require, or leave sslmode out."),
    (
        "does not match host name",
        "The server shows the certificate of another host: check the host, and who is in between.",
    ),
    (
        "certificate verify failed",
        "Nobody known vouches for the server's certificate: check the host, and who is in between.",
    ),
    (
        "channel binding is required",
        "Who answers does not prove to be the server: check the host, and who is in between.",
    ),
    ("unsupported startup parameter", "Use the direct host, the one without -pooler."),
    *((part, "The compute may still be starting; try again in a minute.") for part in _ASLEEP),
    *((part, "Try again when fewer sessions are open.") for part in _CROWDED),
)

Listener = Callable[[int], None]
_listener: ContextVar[Listener | None] = ContextVar("waking", default=None)


@contextmanager
def told_while_waking(listener: Listener) -> Iterator[None]:
    """Call *listener* with the number of the try before each further one, in this thread.

    It is called with 0 when the first takes so long that the database seems to be waking up; that
    may be in another thread.
    """
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def at_neon(target: Target) -> bool:
    """Whether the host is one of Neon's; a dot at the end is the root of all names."""
    return target.host.lower().rstrip(".").endswith(_NEON)


@contextmanager
def told_when_slow(target: Target) -> Iterator[None]:
    """Say so when connecting takes long: Neon's proxy itself waits for a compute."""
    listener = _listener.get()
    named = "endpoint=" in target.options.get("options", "")
    if listener is None or not (named or at_neon(target)):
        yield
        return

    def tell_it() -> None:
        # Whoever cancels is heard where the connection is waited for.
        with suppress(Cancelled):
            listener(0)

    timer = threading.Timer(_SLOW_S, tell_it)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def pause_before_next_s(tries: int, reason: str, target: Target) -> float | None:
    """Return the pause after try number *tries* failed, in seconds; None when it is in vain."""
    if any(part in reason for part in _CROWDED):
        return _jitter(_SLOW_PAUSE_S) if tries == 1 else None
    asleep = any(part in reason for part in _ASLEEP) or (
        at_neon(target) and any(part in reason for part in _ASLEEP_AT_NEON)
    )
    if not asleep or tries >= TRIES:
        return None
    return _jitter(_FIRST_PAUSE_S * _GROWTH ** (tries - 1))


def tell(tries: int) -> None:
    """Say that there will be another try; the listener may raise to prevent it."""
    listener = _listener.get()
    if listener is not None:
        listener(tries)


def hint_for(reason: str) -> str | None:
    """Return what to do about what Neon's proxy says; None when it is not from there."""
    return next((hint for part, hint in _HINTS if part in reason), None)


def _jitter(longest_s: float) -> float:
    return longest_s * random.uniform(0.5, 1.0)  # noqa: S311 (nothing secret)
