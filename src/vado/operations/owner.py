"""Which process an operation belongs to, known for sure even after that process was killed.

A process holds a lock on a file named after it; the operating system lets go of it however the
process ends. A process id alone would lie as soon as it is used again.
"""

import logging
import secrets
from pathlib import Path

from filelock import FileLock, Timeout

log = logging.getLogger("vado.operations")


class Owner:
    """The present process, as owner of operations."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "owners"
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self.name = secrets.token_hex(8)
        self._lock = FileLock(self._folder / f"{self.name}.lock", thread_local=False)
        self._lock.acquire(timeout=5)

    def is_alive(self, name: str) -> bool:
        """Say whether the process called *name* still runs."""
        if name == self.name:
            return True
        path = self._folder / f"{name}.lock"
        if not path.exists():
            return False
        probe = FileLock(path, thread_local=False)
        try:
            probe.acquire(timeout=0)
        except Timeout:
            return True
        probe.release()
        path.unlink(missing_ok=True)
        return False

    def close(self) -> None:
        """Give the ownership up."""
        self._lock.release()
        (self._folder / f"{self.name}.lock").unlink(missing_ok=True)
