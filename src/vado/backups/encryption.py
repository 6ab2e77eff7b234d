"""Encryption of backups with age: only the public keys are needed to take one.

What pg_dump writes goes through a pipe into the encrypted file, and from there through a pipe into
pg_restore: nothing of it is ever on a disk in the clear.
"""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from vado.backups.keys import identities_of
from vado.backups.manifest import Manifest
from vado.environments import Environment
from vado.errors import BackupDamaged, BackupError

_BUFFER_BYTES = 2**20
_PIPE_BYTES = 2**20


class Readable(Protocol):
    """What is encrypted: it is read to its end, and closed where that cannot be."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, none at the end."""

    def close(self) -> None:
        """Let whoever writes to the other end know."""


@dataclass(frozen=True, slots=True)
class Archive:
    """What pg_restore reads: a file among its arguments, or else its standard input."""

    arguments: tuple[Path, ...]
    stdin: IO[bytes] | None


@contextmanager
def encrypted_into(
    path: Path, recipients: Sequence[str], source: Readable, stop: Callable[[], None]
) -> Iterator[None]:
    """Encrypt what comes out of *source* into *path* while the block runs, which ends the source.

    A disk that is full closes the source, so that whoever writes to it ends; *stop* ends it when
    the block fails. Raises BackupError.
    """
    work = _Encryption(path, recipients, source)
    thread = threading.Thread(target=work.run, name="encryption", daemon=True)
    thread.start()
    try:
        yield
    except BaseException:
        stop()
        thread.join()
        raise
    thread.join()
    work.check()


@dataclass
class _Encryption:
    path: Path
    recipients: Sequence[str]
    source: Readable
    error: BaseException | None = None

    def run(self) -> None:
        from pyrage import encrypt_io, x25519  # noqa: PLC0415 (as above)

        try:
            keys = [x25519.Recipient.from_str(text) for text in self.recipients]
            with self.path.open("wb", buffering=_BUFFER_BYTES) as file:
                encrypt_io(self.source, _Sink(file.write, self), keys)
        except Exception as error:  # noqa: BLE001 (told in the thread that waits)
            self.error = self.error or error
            with suppress(OSError):
                self.source.close()

    def check(self) -> None:
        """Raise what went wrong."""
        if self.error is None:
            return
        reason = self.error.strerror if isinstance(self.error, OSError) else "it stopped"
        raise BackupError(
            f"cannot write the encrypted backup {self.path.name}: {reason}",
            hint="Free disk space, or give a folder that you may write to with VADO_STATE.",
        ) from self.error


@contextmanager
def opened(environment: Environment, manifest: Manifest, path: Path) -> Iterator[Archive]:
    """Give the backup's file to pg_restore, decrypted on the way when it is encrypted.

    Raises BackupLocked before the block, and BackupDamaged after it where the file was changed.
    """
    if not manifest.encrypted:
        yield Archive((path,), None)
        return
    reading, writing = os.pipe()
    _widen(writing)
    work = _Decryption(path, identities_of(environment), writing)
    thread = threading.Thread(target=work.run, name="decryption", daemon=True)
    with os.fdopen(reading, "rb", buffering=0) as stdin:
        thread.start()
        try:
            yield Archive((), stdin)
        except BaseException:
            work.given_up.set()
            raise
        finally:
            stdin.close()  # so that the other end never waits for a reader that is gone
            thread.join()
    work.check(manifest)


def _widen(pipe: int) -> None:
    """Let more go into the pipe at once, where the system can do that."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl  # noqa: PLC0415 (not on Windows)

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


class _Decryption:
    """Decrypts a file to its end, also when pg_restore has seen enough of it."""

    def __init__(self, path: Path, identities: list[Any], writing: int) -> None:
        self.path, self.identities, self.writing = path, identities, writing
        self.given_up = threading.Event()
        self.error: BaseException | None = None
        self._reader_gone = False

    def run(self) -> None:
        from pyrage import decrypt_io  # noqa: PLC0415 (as above)

        try:
            with self.path.open("rb", buffering=_BUFFER_BYTES) as file:
                decrypt_io(file, _Sink(self._give, self), self.identities)
        except Exception as error:  # noqa: BLE001 (told in the thread that waits)
            self.error = self.error or error
        finally:
            os.close(self.writing)

    def _give(self, piece: bytes) -> int:
        rest = memoryview(piece)
        while rest and not self._reader_gone:
            try:
                rest = rest[os.write(self.writing, rest) :]
            except BrokenPipeError:
                # What follows the last table nobody reads; that it was not changed still counts.
                self._reader_gone = True
        if self.given_up.is_set():
            raise BrokenPipeError
        return len(piece)

    def check(self, manifest: Manifest) -> None:
        """Raise what went wrong."""
        if self.error is not None:
            raise BackupDamaged(
                f"backup {manifest.id} cannot be decrypted to its end",
                hint="Use another backup; this file cannot replace the database.",
            ) from self.error


@dataclass
class _Sink:
    """What age writes to. It would turn our errors into text, so the first one is kept."""

    take: Callable[[bytes], int]
    work: _Encryption | _Decryption

    def write(self, piece: bytes) -> int:
        """Take a piece."""
        try:
            return self.take(piece)
        except OSError as error:
            self.work.error = self.work.error or error
            raise

    def flush(self) -> None:
        """Nothing waits here."""
