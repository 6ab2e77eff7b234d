"""Branches for a while: always with an end, and deleted before it when all goes well."""

import logging
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from vado.errors import VadoError
from vado.neon.client import NeonClient
from vado.neon.home import Home
from vado.neon.model import PREFIX, Branch

log = logging.getLogger("vado.neon")

DRY = f"{PREFIX}dry-"
RESTORE = f"{PREFIX}restore-"
_LIVES = timedelta(hours=2)
_in_use: set[str] = set()
_lock = threading.Lock()


def in_use(name: str) -> bool:
    """Whether this process is at work on the branch of that name."""
    with _lock:
        return name in _in_use


def expiry(lives: timedelta = _LIVES) -> str:
    """Return when a branch that is made now is to be deleted by Neon, should Vado not be there."""
    return f"{datetime.now(UTC) + lives:%Y-%m-%dT%H:%M:%SZ}"


@contextmanager
def temporary_branch(home: Home, kind: str = DRY) -> Iterator[Branch]:
    """Make a branch of the environment's, with a compute; it is deleted with the block."""
    home.check_child()
    name = f"{kind}{uuid.uuid4()}"
    with _lock:
        _in_use.add(name)
    try:
        yield home.client.create_branch(name, home.branch.id, expires_at=expiry(), compute=True)
    finally:
        remove_named(home.client, name)
        with _lock:
            _in_use.discard(name)


def remove_named(client: NeonClient, name: str) -> None:
    """Delete the branch of that name, if there is one; what cannot be deleted is only logged."""
    try:
        with client.undisturbed():
            found = client.branch_named(name)
            if found is not None:
                client.delete_branch(found.id)
    except VadoError as error:
        # What happened before must be heard of; it expires, and is listed as an orphan.
        log.warning("branch left at neon", extra={"branch": name, "error": error.message})
