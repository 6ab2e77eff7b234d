"""What a place for backups has to do, wherever it keeps them."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from vado.backups.manifest import Manifest
from vado.errors import VadoError
from vado.operations import Job


class Store(Protocol):
    """The backups of one database.

    They are always written in a folder of this machine first. `publish` takes a finished file to
    where it is kept, before a manifest says that it is ready; `fetched` brings it back.
    """

    @property
    def kind(self) -> str:
        """What manifests call this store: "local" or "s3"."""

    @property
    def folder(self) -> Path:
        """The folder on this machine."""

    @property
    def problem(self) -> VadoError | None:
        """Why the list may lack what is kept elsewhere, as of the last look; None: it does not."""

    def file(self, backup_id: str) -> Path:
        """Return the path of a finished backup on this machine."""

    def partial(self, backup_id: str) -> Path:
        """Return the path of a backup that is being written."""

    def read(self, backup_id: str) -> Manifest:
        """Return one manifest; NotFound when there is none of that id."""

    def reread(self, backup_id: str) -> Manifest:
        """Return one manifest as it is, inside of `changing`."""

    def read_all(self) -> list[Manifest]:
        """Return all readable manifests, the newest first."""

    def is_available(self, backup_id: str) -> bool:
        """Say whether the backup's file is there, here or where it is kept."""

    def write(self, manifest: Manifest) -> None:
        """Write a manifest so that it is there wholly, and for good, or not at all."""

    def begin(self, backup_id: str) -> Path:
        """Make the empty, private file that a backup is written to."""

    def seal(self, backup_id: str, *, encrypted: bool = False) -> int:
        """Give a written file its name for good; return its size in bytes."""

    def publish(self, manifest: Manifest, job: Job) -> None:
        """Take the sealed file to where it is kept; it is whole there when this returns."""

    def release(self, backup_id: str) -> None:
        """Say that the file is not needed on this machine any more, unless it is kept here."""

    def fetched(self, backup_id: str, job: Job) -> AbstractContextManager[Path]:
        """Have the file on this machine for the time of the block."""

    def head(self, backup_id: str) -> bytes:
        """Return the first bytes of the file, without fetching all of it."""

    def discard(self, backup_id: str) -> None:
        """Remove what was written of a backup, finished or not; its manifest stays."""

    def remove(self, backup_id: str) -> None:
        """Remove a backup: first its file, so that no file is ever left without its manifest."""

    def free_bytes(self) -> int:
        """Return the free space where backups are written."""

    def reserved(self, backup_id: str) -> AbstractContextManager[None]:
        """Own a backup while it is written; what is left of it otherwise is swept."""

    def changing(self) -> AbstractContextManager[None]:
        """Change manifests with no other process doing so."""

    def sweep(self) -> None:
        """Remove what writers that are dead left behind, and say so in their manifests."""
