"""Bringing a backup's file back from a bucket, where an earlier try of it left off."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from vado.backups.manifest import Manifest
from vado.backups.stores.bucket import Bucket
from vado.backups.stores.local import LocalStore
from vado.errors import BackupDamaged, BackupError
from vado.operations import Job

_WITHIN_S = 3600.0
_MB = 2**20


@dataclass(frozen=True, slots=True)
class Fetching:
    """Fetches from *bucket* into *local*."""

    local: LocalStore
    bucket: Bucket

    @contextmanager
    def alone(self, backup_id: str) -> Iterator[None]:
        """Have no other process fetch the same backup."""
        from filelock import FileLock, Timeout  # noqa: PLC0415 (it takes 50 ms to import)

        path = self.local.folder / f"{self.local.checked(backup_id)}.fetch"
        lock = FileLock(path, mode=0o600)
        with self.local.errors():
            self.local.make()
            try:
                lock.acquire(timeout=_WITHIN_S)
            except Timeout as error:
                raise BackupError(
                    f"another process has been fetching backup {backup_id} for long",
                    hint="Try again when it has ended.",
                ) from error
        try:
            yield
        finally:
            lock.release()

    def fetch(self, manifest: Manifest, job: Job) -> None:
        """Bring the file of a backup here; BackupDamaged when the bucket has other bytes."""
        name = f"{manifest.id}.dump{'.age' if manifest.encrypted else ''}"
        part = self.local.folder / f"{name}.fetched"
        job.step("fetch")
        for _ in range(2):
            if self._fetched(name, part, manifest, job):
                return
        raise BackupDamaged(
            f"{self.bucket.name} has other bytes of backup {manifest.id} than were written",
            hint="Use another backup; this file cannot replace the database.",
        )

    def _fetched(self, name: str, part: Path, manifest: Manifest, job: Job) -> bool:
        with self.local.errors():
            self.local.private(part)
            self._check_room(part, manifest)
            try:
                self.bucket.download(name, part, job)
            except OSError:
                part.unlink()  # a disk that is full is not to be kept full
                raise
            if _sha256(part) == manifest.sha256:
                part.rename(self.local.folder / name)
                return True
            part.unlink()  # what was begun by an earlier run may be of another object
        return False

    def _check_room(self, part: Path, manifest: Manifest) -> None:
        needed, free = (manifest.size_bytes or 0) - part.stat().st_size, self.local.free_bytes()
        if free < needed:
            raise BackupError(
                f"backup {manifest.id} needs {-(-needed // _MB)} MB in {part.parent} to be read, "
                f"{free // _MB} MB are free",
                hint="Free disk space and try again; the backup stays in the bucket.",
                details={"reason": "no_room", "needed_bytes": needed, "free_bytes": free},
            )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
