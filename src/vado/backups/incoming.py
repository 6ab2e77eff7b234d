"""A file from elsewhere on its way among the backups, encrypted if those are."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from vado.backups.encryption import encrypted_into
from vado.errors import BackupError
from vado.operations import Job

_PIECE_BYTES = 2**20


@dataclass
class Incoming:
    """Copies *source* of *size* bytes into *partial*; it must not grow meanwhile."""

    source: IO[bytes]
    partial: Path
    size: int
    job: Job
    _done: int = 0

    def plain(self) -> None:
        """Copy it as it is."""
        self.job.step("copy")
        try:
            with self.partial.open("r+b") as file:
                while piece := self.read(_PIECE_BYTES):
                    file.write(piece)
                    self.job.progress(self._done, self.size, "bytes")
        except OSError as error:
            raise BackupError(
                f"cannot copy the dump: {error.strerror}", hint="Free disk space and try again."
            ) from error
        self._check()

    def encrypted(self, recipients: Sequence[str]) -> None:
        """Encrypt it on the way."""
        self.job.step("copy")
        with encrypted_into(self.partial, recipients, self, lambda: None):
            pass
        self.job.check()
        self._check()

    def read(self, size: int) -> bytes:
        """Return the next bytes, none after a cancel."""
        piece = b"" if self.job.cancelled or self._done > self.size else self.source.read(size)
        self._done += len(piece)
        return piece

    def close(self) -> None:
        """Whoever opened the file closes it."""

    def _check(self) -> None:
        self.job.check()
        if self._done > self.size:
            raise BackupError("the dump is still being written", hint="Wait for its end.")
