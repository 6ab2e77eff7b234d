"""Backups in a bucket, with a folder of this machine before it.

They are written in the folder and taken to the bucket; a manifest says `ready` only once both are
there. What the bucket has is the truth: manifests are copied from it, so that the list is there,
with a word about it, when the bucket is not.

Before anything is sent `ID.sending` is written, and removed when all is there: whatever ended the
work between leaves this behind, and what reached the bucket is then removed before it is looked at.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from vado.backups.manifest import Manifest
from vado.backups.stores.bucket import Bucket, Listed
from vado.backups.stores.fetching import Fetching
from vado.backups.stores.local import LocalStore
from vado.backups.stores.mirror import Mirror
from vado.errors import BackupError, StoreUnavailable, VadoError
from vado.operations import Job

log = logging.getLogger("vado.backups")

_HEAD_BYTES = 2**16
_LOOK_AGAIN_AFTER_S = 5.0
_TRY_AGAIN_AFTER_S = 30.0
_ENDINGS = (".dump", ".dump.age")


@dataclass
class _Look:
    """What the last look at the bucket showed, or why it failed; shared by all in this process."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    at: float | None = None
    found: dict[str, Listed] = field(default_factory=dict)
    problem: BackupError | None = None
    in_use: Counter[str] = field(default_factory=Counter)

    @property
    def fresh(self) -> bool:
        """Whether it is too early to look again."""
        wait_s = _LOOK_AGAIN_AFTER_S if self.problem is None else _TRY_AGAIN_AFTER_S
        return self.at is not None and time.monotonic() - self.at < wait_s


_looks: dict[tuple[Path, Bucket], _Look] = {}


@dataclass(frozen=True, slots=True)
class S3Store:
    """The backups of one database in a bucket, staged in a folder."""

    local: LocalStore
    bucket: Bucket
    keep_local: bool

    @property
    def kind(self) -> str:
        """What manifests call this store."""
        return "s3"

    @property
    def folder(self) -> Path:
        """The folder on this machine."""
        return self.local.folder

    @property
    def problem(self) -> VadoError | None:
        """Why the last look at the bucket failed, or a manifest cannot be read."""
        return self._look.problem or self.local.problem

    @property
    def _mirror(self) -> Mirror:
        return Mirror(self.local, self.bucket)

    @property
    def _look(self) -> _Look:
        return _looks.setdefault((self.folder, self.bucket), _Look())

    def file(self, backup_id: str) -> Path:
        """Return the path of a finished backup on this machine."""
        return self.local.file(backup_id)

    def partial(self, backup_id: str) -> Path:
        """Return the path of a backup that is being written."""
        return self.local.partial(backup_id)

    def read(self, backup_id: str) -> Manifest:
        """Return one manifest; NotFound when there is none of that id."""
        self._refresh()
        return self.local.read(backup_id)

    def reread(self, backup_id: str) -> Manifest:
        """Return one manifest as the bucket has it, where it has it."""
        there = self.bucket.get(f"{self.local.checked(backup_id)}.json")
        if there is None or self._sending(backup_id).exists():
            return self.local.reread(backup_id)
        return Manifest.from_text(there.decode(errors="replace"), of=backup_id)

    def read_all(self) -> list[Manifest]:
        """Return what the bucket has and what is only here, the newest first.

        When the bucket cannot be looked at, what is known here; `problem` says why.
        """
        self._refresh()
        return self.local.read_all()

    def is_available(self, backup_id: str) -> bool:
        """Say whether the backup's file is here, or was in the bucket at the last good look.

        A bucket that is away for the moment has not lost anything.
        """
        if self.local.is_available(backup_id) or self._named(backup_id) is not None:
            return True
        return self._look.problem is not None and self._mirror.knows(backup_id)

    def _named(self, backup_id: str) -> str | None:
        names = (f"{backup_id}{ending}" for ending in _ENDINGS)
        return next((name for name in names if name in self._look.found), None)

    def write(self, manifest: Manifest) -> None:
        """Write a manifest, first in the bucket if its file ever was there."""
        if manifest.sha256 is None or manifest.store != self.kind:
            self.local.write(manifest)
            return
        name = f"{manifest.id}.json"
        text = manifest.to_text().encode()
        tag = self.bucket.put(name, text)
        with self._look.lock:
            self._look.found[name] = Listed(self.bucket.key(name), len(text), tag)
            self._sending(manifest.id).unlink(missing_ok=True)
            self.local.write(manifest)
            self._mirror.add(name, tag)

    def begin(self, backup_id: str) -> Path:
        """Make the empty, private file that a backup is written to."""
        return self.local.begin(backup_id)

    def seal(self, backup_id: str, *, encrypted: bool = False) -> int:
        """Give a written file its name for good; return its size in bytes."""
        return self.local.seal(backup_id, encrypted=encrypted)

    def publish(self, manifest: Manifest, job: Job) -> None:
        """Take the sealed file to the bucket; it is whole there when this returns."""
        path = self.local.file(manifest.id)
        job.step("upload")
        self._sending(manifest.id).touch(mode=0o600)
        self.bucket.upload(path, path.name, manifest.sha256 or "", job)
        size = path.stat().st_size
        self._look.found[path.name] = Listed(self.bucket.key(path.name), size, "")

    def release(self, backup_id: str) -> None:
        """Remove the file from this machine, unless it is to be kept here as well."""
        if not self.keep_local and self._named(backup_id) is not None:
            self.local.discard(backup_id)

    @contextmanager
    def fetched(self, backup_id: str, job: Job) -> Iterator[Path]:
        """Have the file here for the time of the block, from the bucket if it is not here yet."""
        look = self._look
        with look.lock:
            look.in_use[backup_id] += 1
        try:
            fetching = Fetching(self.local, self.bucket)
            with fetching.alone(backup_id):
                if not self.local.is_available(backup_id):
                    fetching.fetch(self.local.reread(backup_id), job)
            yield self.local.file(backup_id)
        finally:
            with look.lock:
                look.in_use[backup_id] -= 1
                if look.in_use[backup_id] <= 0:
                    with suppress(VadoError):
                        self.release(backup_id)

    def head(self, backup_id: str) -> bytes:
        """Return the first bytes of the file; BackupError when it is nowhere."""
        if self.local.is_available(backup_id):
            return self.local.head(backup_id)
        name = self._named(backup_id)
        found = None if name is None else self.bucket.get(name, _HEAD_BYTES)
        if found is None:
            raise BackupError(
                f"the file of backup {backup_id} is not in {self.bucket.name}",
                hint="Use another backup.",
            )
        return found

    def discard(self, backup_id: str) -> None:
        """Remove what was written of a backup, here and in the bucket, where that answers."""
        self.local.discard(backup_id)
        if self._sending(backup_id).exists() or self._named(backup_id) is not None:
            self._sending(backup_id).touch(mode=0o600)
            with suppress(StoreUnavailable):
                self._unsend(backup_id)

    def remove(self, backup_id: str) -> None:
        """Remove a backup, first from the bucket; there its manifest goes first.

        A file without manifest is no backup to anybody, and `ID.sending` has the rest removed.
        """
        self._refresh(now=True)
        manifest = self.local.reread(backup_id)
        if manifest.store == self.kind and manifest.sha256 is not None:
            if self._look.problem is not None:
                raise self._look.problem
            self._sending(backup_id).touch(mode=0o600)
            self._unsend(backup_id)
        self.local.remove(backup_id)
        for path in self.folder.glob(f"{backup_id}.*fetch*"):
            path.unlink(missing_ok=True)

    def free_bytes(self) -> int:
        """Return the free space where backups are staged."""
        return self.local.free_bytes()

    @contextmanager
    def reserved(self, backup_id: str) -> Iterator[None]:
        """Own a backup while it is written; a bucket that cannot be used is an error before."""
        self._refresh(now=True)
        if self._look.problem is not None:
            raise self._look.problem
        with self.local.reserved(backup_id):
            yield

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Change manifests with no other process of this machine doing so."""
        with self.local.changing():
            yield

    def sweep(self) -> None:
        """Remove what writers that are dead left behind, here and in the bucket."""
        self.local.sweep()
        for path in self.folder.glob("bk_*.sending"):
            # In this order: a writer that came to its end takes its mark away before its lock.
            if not path.with_suffix(".lock").exists() and path.exists():
                self._unsend_if_allowed(path.stem)

    def _sending(self, backup_id: str) -> Path:
        return self.folder / f"{self.local.checked(backup_id)}.sending"

    def _unsend_if_allowed(self, backup_id: str) -> None:
        try:
            self._unsend(backup_id)
        except StoreUnavailable as error:
            if error.details.get("reason") != "no_access":
                raise
            # A key that may only read still lists and fetches what is there.
            log.warning("rest of an upload not removed", extra={"error": error.message})

    def _unsend(self, backup_id: str) -> None:
        for ending in (".json", *_ENDINGS):
            self.bucket.delete(f"{backup_id}{ending}")
            self._look.found.pop(f"{backup_id}{ending}", None)
        self._sending(backup_id).unlink(missing_ok=True)

    def _refresh(self, *, now: bool = False) -> None:
        """Look at the bucket, unless that was done a moment ago."""
        look = self._look
        with look.lock:
            if look.fresh and not now:
                return
            try:
                with self.local.errors():
                    self.local.make()
                self.sweep()
                look.found = self.bucket.list()
                self._mirror.update(look.found)
                look.problem = None
            except BackupError as error:
                look.problem = error
                log.warning("bucket not readable", extra={"error": error.message})
            look.at = time.monotonic()
