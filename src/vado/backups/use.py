"""Who is reading a backup right now, so that nobody deletes it meanwhile.

Each reader holds the lock of a file of its own, which the operating system lets go of however the
reader ends.
"""

import errno
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vado.errors import BackupError


@contextmanager
def in_use(folder: Path, backup_id: str) -> Iterator[None]:
    """Keep a backup of the store in *folder* from being deleted for as long as the block runs."""
    from filelock import FileLock  # noqa: PLC0415 (it takes 50 ms to import)

    path = folder / f"{backup_id}.{secrets.token_hex(4)}.use"
    lock = FileLock(path, mode=0o600, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except OSError as error:
        if error.errno != errno.EROFS:
            raise BackupError(
                f"cannot mark {backup_id} as being read in {folder}: {error.strerror}",
                hint="Free disk space, or make the folder writable.",
                details={"reason": "not_written", "folder": str(folder), "why": error.strerror},
            ) from error
        yield  # nobody deletes what nobody can write to
        return
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        lock.release()


def is_in_use(folder: Path, backup_id: str) -> bool:
    """Say whether anybody reads the backup; what dead readers left is removed."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 (as above)

    for path in folder.glob(f"{backup_id}.*.use"):
        lock = FileLock(path, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        path.unlink(missing_ok=True)
        lock.release()
    return False
