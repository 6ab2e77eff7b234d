"""A folder of backups on this machine: `ID.dump`, or `ID.dump.age`, with its manifest `ID.json`.

While a backup is written its file is called `ID.dump.partial` and `ID.lock` is held; the operating
system lets go of the lock however the writer ends, so what a dead one left is known for sure.
"""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from vado.backups.manifest import Manifest
from vado.backups.stores.folder import ID, files_in, manifests_in, read_manifest, unlisted
from vado.errors import BackupError, NotFound, VadoError
from vado.operations import Job, now

log = logging.getLogger("vado.backups")

_HEAD_BYTES = 2**16
_ENCRYPTED = ".age"
_BUSY_S = 10.0
_LOCKED_WITHIN_S = 5.0
_INTERRUPTED = {
    "code": "interrupted",
    "message": "Vado was ended while this backup was made",
    "hint": "Nothing of it was kept; take the backup again.",
    "details": {},
}


@dataclass(frozen=True, slots=True)
class LocalStore:
    """The backups of one database in one folder (0700, files 0600)."""

    folder: Path

    @staticmethod
    def is_id(text: str) -> bool:
        """Say whether *text* is the id of a backup."""
        return bool(ID.fullmatch(text))

    @staticmethod
    def checked(backup_id: str) -> str:
        """Return the id. Ids are made by us; anything else could be a path to somewhere."""
        if not ID.fullmatch(backup_id):
            raise _unknown(backup_id)
        return backup_id

    @staticmethod
    def private(path: Path) -> Path:
        """Make sure of a file of mode 0600, and keep what is in it."""
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | _NO_FOLLOW, 0o600))
        return path

    @property
    def kind(self) -> str:
        """What manifests call this store."""
        return "local"

    @property
    def problem(self) -> VadoError | None:
        """Why the list lacks something: manifests that cannot be read."""
        return unlisted(self.folder)

    def file(self, backup_id: str) -> Path:
        """Return the path of a finished backup."""
        encrypted = self._encrypted(backup_id)
        return encrypted if encrypted.is_file() else self._plain(backup_id)

    def _plain(self, backup_id: str) -> Path:
        return self.folder / f"{self.checked(backup_id)}.dump"

    def _encrypted(self, backup_id: str) -> Path:
        return self.folder / f"{self.checked(backup_id)}.dump{_ENCRYPTED}"

    def partial(self, backup_id: str) -> Path:
        """Return the path of a backup that is being written."""
        return self.folder / f"{self.checked(backup_id)}.dump.partial"

    def _manifest(self, backup_id: str) -> Path:
        return self.folder / f"{self.checked(backup_id)}.json"

    def read(self, backup_id: str) -> Manifest:
        """Return one manifest; NotFound when there is none of that id."""
        self.sweep()
        return self.reread(backup_id)

    def reread(self, backup_id: str) -> Manifest:
        """Return one manifest as it is, inside of `changing`."""
        try:
            return read_manifest(self._manifest(backup_id))
        except (FileNotFoundError, NotADirectoryError) as error:
            raise _unknown(backup_id) from error

    def read_all(self) -> list[Manifest]:
        """Return all readable manifests, the newest first."""
        self.sweep()
        found = [manifest for _, manifest in manifests_in(self.folder) if manifest is not None]
        return sorted(found, key=lambda item: (item.created_at, item.id), reverse=True)

    def is_available(self, backup_id: str) -> bool:
        """Say whether the backup's file is there."""
        return self.file(backup_id).is_file()

    def write(self, manifest: Manifest) -> None:
        """Write a manifest so that it is there wholly, and for good, or not at all."""
        path = self._manifest(manifest.id)
        building = path.with_name(path.name + ".partial")
        with self.errors():
            try:
                with _private(building).open("w", encoding="utf-8") as file:
                    file.write(manifest.to_text())
                    file.flush()
                    os.fsync(file.fileno())
                building.replace(path)
            except OSError:
                with suppress(OSError):
                    building.unlink()
                raise
            self._sync_folder()

    def begin(self, backup_id: str) -> Path:
        """Make the empty, private file that a backup is written to."""
        with self.errors():
            return _private(self.partial(backup_id))

    def seal(self, backup_id: str, *, encrypted: bool = False) -> int:
        """Give a written file its name for good; return its size in bytes."""
        partial = self.partial(backup_id)
        final = self._encrypted(backup_id) if encrypted else self._plain(backup_id)
        with self.errors():
            descriptor = os.open(partial, os.O_RDWR | _NO_FOLLOW)
            try:
                os.fsync(descriptor)
                size = os.fstat(descriptor).st_size
            finally:
                os.close(descriptor)
            partial.rename(final)
            self._sync_folder()
        return size

    def publish(self, manifest: Manifest, job: Job) -> None:
        """Do nothing: a sealed file is where it is kept."""

    def release(self, backup_id: str) -> None:
        """Do nothing: the file is kept here."""

    @contextmanager
    def fetched(self, backup_id: str, job: Job) -> Iterator[Path]:  # noqa: ARG002 (nothing to wait for)
        """Return the path of the file, which is here already, or nowhere."""
        yield self.file(backup_id)

    def head(self, backup_id: str) -> bytes:
        """Return the first bytes of the file; BackupError when it is not there."""
        try:
            with self.file(backup_id).open("rb") as file:
                return file.read(_HEAD_BYTES)
        except OSError as error:
            raise BackupError(
                f"the file of backup {backup_id} is missing in {self.folder}",
                hint="Put it back, or use another backup.",
            ) from error

    def discard(self, backup_id: str) -> None:
        """Remove what was written of a backup, finished or not; its manifest stays."""
        for path in (
            self.partial(backup_id),
            self._plain(backup_id),
            self._encrypted(backup_id),
        ):
            path.unlink(missing_ok=True)

    def remove(self, backup_id: str) -> None:
        """Remove a backup: first its file, so that no file is ever left without its manifest."""
        with self.errors():
            self.discard(backup_id)
            self._manifest(backup_id).unlink(missing_ok=True)
            self._sync_folder()

    def free_bytes(self) -> int:
        """Return the free space where backups are written."""
        with self.errors():
            self.make()
            return shutil.disk_usage(self.folder).free

    @contextmanager
    def reserved(self, backup_id: str) -> Iterator[None]:
        """Own a backup while it is written; what is left of it otherwise is swept."""
        from filelock import FileLock  # noqa: PLC0415 (it takes 50 ms to import)

        with self.errors():
            self.make()
        path = self.folder / f"{self.checked(backup_id)}.lock"
        lock = FileLock(path, mode=0o600, thread_local=False)
        with self.changing():
            lock.acquire(timeout=_LOCKED_WITHIN_S)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
            lock.release()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Change manifests with no other process doing so."""
        from filelock import FileLock, Timeout  # noqa: PLC0415 (as above)

        lock = FileLock(self.folder / "store.lock", mode=0o600)
        with self.errors():
            try:
                lock.acquire(timeout=_BUSY_S)
            except Timeout as error:
                raise BackupError(
                    f"another process keeps the backups in {self.folder} busy",
                    hint="Try again when it has ended.",
                    details={"reason": "busy", "folder": str(self.folder)},
                ) from error
        try:
            yield
        finally:
            lock.release()

    def sweep(self) -> None:
        """Remove what writers that are dead left behind, and say so in their manifests."""
        locks = files_in(self.folder, ".lock")
        if not locks or not os.access(self.folder, os.W_OK):
            return  # where nothing can be written nobody writes
        with self.changing(), self.errors():
            for path in locks:
                self._sweep_one(path)

    def _sweep_one(self, path: Path) -> None:
        from filelock import FileLock, Timeout  # noqa: PLC0415 (as above)

        lock = FileLock(path, mode=0o600, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return  # its writer is alive
        try:
            self.partial(path.stem).unlink(missing_ok=True)
            manifest = self._manifest(path.stem)
            manifest.with_name(manifest.name + ".partial").unlink(missing_ok=True)
            with suppress(FileNotFoundError, BackupError):
                left = read_manifest(manifest)
                if left.state == "creating":
                    self.file(path.stem).unlink(missing_ok=True)
                    self.write(left.interrupted(_INTERRUPTED, now()))
            path.unlink(missing_ok=True)
        finally:
            lock.release()

    def make(self) -> None:
        """Make the folder; it is private."""
        for folder in (self.folder.parent, self.folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)  # whatever the umask is

    def _sync_folder(self) -> None:
        if os.name == "nt":
            return  # Windows does not open folders
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn what the system refuses into what happened, where, and what to do."""
        try:
            yield
        except OSError as error:
            raise BackupError(
                f"cannot write backups to {self.folder}: {error.strerror}",
                hint="Free disk space, or give a folder that you may write to with VADO_STATE.",
                details={
                    "reason": "not_written",
                    "folder": str(self.folder),
                    "why": error.strerror,
                },
            ) from error


_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


def _private(path: Path) -> Path:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _NO_FOLLOW, 0o600))
    return path


def _unknown(backup_id: str) -> NotFound:
    return NotFound(f"there is no backup {backup_id!r}", hint="`vado backup list` lists them.")
