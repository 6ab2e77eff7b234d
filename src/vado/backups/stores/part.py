"""A part of a file, to be sent by itself."""

import hashlib
import os
from typing import IO

from vado.operations import Job

_PIECE_BYTES = 2**18


class Stopped(BaseException):
    """Goes through boto3, which would try again after anything else."""


class Part:
    """A part of a file as a file: boto3 reads it once to sign it, and again to send it.

    It is never in memory as a whole.
    """

    def __init__(self, file: IO[bytes], start: int, size: int, job: Job) -> None:
        self._file, self._start, self.size, self.job = file, start, size, job
        self._at = 0

    def digest(self, whole: "hashlib._Hash") -> bytes:
        """Return the SHA-256 of the part, and add it to that of the whole file."""
        own = hashlib.sha256()
        while piece := self.read(_PIECE_BYTES):
            own.update(piece)
            whole.update(piece)
        self.seek(0)
        return own.digest()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        if self.job.cancelled:
            raise Stopped
        left = self.size - self._at
        wanted = left if size < 0 else min(size, left)
        self._file.seek(self._start + self._at)
        piece = self._file.read(wanted)
        self._at += len(piece)
        return piece

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        """Return the place."""
        return self._at
