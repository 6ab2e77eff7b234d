"""Making sure of a backup: its size and SHA-256 first, then every block of it decoded."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from vado.backups.catalogue import record_in_target
from vado.backups.client import Command, running
from vado.backups.decode import RowCounter
from vado.backups.encryption import Archive, opened
from vado.backups.keys import check_key
from vado.backups.manifest import Manifest
from vado.backups.model import Backup
from vado.backups.stores import Store, store_of
from vado.backups.use import in_use
from vado.database import tools_for
from vado.environments import Environment
from vado.errors import BackupDamaged, BackupError, BackupLocked, Refused, ToolFailed
from vado.operations import Job, now

_PIECE_BYTES = 2**20
# Rows that compress best come down to a fiftieth; a file made to fill a disk to a thousandth.
_MOST_RATIO = 100
_LEAST_CAP_BYTES = 2**28
_HINT = "Use another backup; this file cannot replace the database."


def verify_backup(environment: Environment, backup_id: str, job: Job) -> Backup:
    """Read the whole backup and compare it with what was written down when it was made.

    Raises BackupDamaged when it is not the same; it is listed as failed then. The database is not
    touched, nothing is written to disk.
    """
    store = store_of(environment)
    manifest = store.read(backup_id)
    if manifest.state == "creating":
        raise Refused(f"backup {backup_id} is still being made", hint="Wait until it has ended.")
    try:
        with whole_file(environment, manifest, job) as path:
            with opened(environment, manifest, path) as archive:
                tables = decode(archive, manifest, job)
            _compare(manifest, tables)
    except BackupDamaged as error:
        _list_as_failed(store, backup_id, error)
        raise
    with store.changing():
        latest = store.reread(backup_id)  # it may have got a label meanwhile
        verified = replace(
            latest,
            state="proven" if latest.state == "proven" else "verified",
            tables=tables,
            verified_at=now(),
            error=None,
        )
        store.write(verified)
    record_in_target(environment, verified)
    return verified.backup(available=True)


def _list_as_failed(store: Store, backup_id: str, error: BackupDamaged) -> None:
    with store.changing():
        store.write(store.reread(backup_id).failed(error.to_json(), now()))


@contextmanager
def whole_file(environment: Environment, manifest: Manifest, job: Job) -> Iterator[Path]:
    """Have the backup's file here for the time of the block: whole, and one that we can open.

    BackupLocked comes before it is fetched from where it is kept. Whoever finds it damaged has it
    listed as failed.
    """
    if manifest.kind != "dump":
        raise Refused(
            f"backup {manifest.id} is kept by Neon, there is no file of it to read",
            hint="Restore it with the mode neon: on a branch of its own it can be looked at.",
        )
    store = store_of(environment)
    try:
        check_key(environment, manifest, store.head)
    except BackupLocked:
        # No key opens a file whose beginning was changed: that must not be blamed on the key.
        if store.file(manifest.id).is_file():
            _check_told(store, manifest, job)
        raise
    with in_use(store.folder, manifest.id), store.fetched(manifest.id, job) as path:
        _check_told(store, manifest, job)
        yield path


def _check_told(store: Store, manifest: Manifest, job: Job) -> None:
    try:
        check_file(store, manifest, job)
    except BackupDamaged as error:
        _list_as_failed(store, manifest.id, error)
        raise


def check_file(store: Store, manifest: Manifest, job: Job) -> None:
    """Compare size and SHA-256 of the file with the manifest; BackupDamaged when they differ."""
    path = store.file(manifest.id)
    if manifest.sha256 is None:
        raise Refused(f"backup {manifest.id} was never finished", hint="Take a new backup.")
    if not path.is_file():
        raise BackupError(
            f"the file of backup {manifest.id} is missing in {store.folder}",
            hint="Put it back, or use another backup.",
        )
    size = path.stat().st_size
    if size != manifest.size_bytes:
        raise BackupDamaged(
            f"backup {manifest.id} has {size} bytes, {manifest.size_bytes} were written",
            hint=_HINT,
        )
    job.step("hash")
    if sha256_of(path, job) != manifest.sha256:
        raise BackupDamaged(
            f"backup {manifest.id} was changed after it was written (its SHA-256 differs)",
            hint=_HINT,
        )


def sha256_of(path: Path, job: Job) -> str:
    """Return the SHA-256 of a file in hexadecimal, reading it in pieces."""
    digest, done = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            total = os.fstat(file.fileno()).st_size
            while piece := file.read(_PIECE_BYTES):
                digest.update(piece)
                done += len(piece)
                job.progress(done, total, "bytes")
    except OSError as error:
        raise BackupError(
            f"cannot read {path}: {error.strerror}",
            hint="Make the file readable, or use another backup.",
            details={"reason": "file_unreadable", "file": path.name, "why": error.strerror},
        ) from error
    return digest.hexdigest()


def decode(archive: Archive, manifest: Manifest, job: Job) -> dict[str, int]:
    """Decode every block of the archive; return the rows of each table by its quoted name.

    BackupDamaged when pg_restore cannot read it to its end. A list of its contents would prove
    nothing: it is read from the head of the file.
    """
    tools = tools_for(_reader_for(manifest), tls=False)  # it connects to nothing
    job.step("decode")
    counter = RowCounter()
    total = None if manifest.tables is None else sum(manifest.tables.values())
    decoded = 0
    command = Command(
        argv=[tools.pg_restore, "--section=data", "--file=-", *archive.arguments],
        env={"PATH": os.defpath, "LC_ALL": "C"},
        stdin=archive.stdin,
        pipes_output=True,
    )
    try:
        with running(command, job) as run:
            while piece := run.output.read(_PIECE_BYTES):
                counter.feed(piece)
                decoded += len(piece)
                _check_bomb(manifest, decoded)
                job.progress(counter.total, total, "rows")
    except ToolFailed as error:
        if error.details["exit_code"] < 0:
            raise  # it was killed, which says nothing about the file
        raise BackupDamaged(
            f"backup {manifest.id} cannot be decoded: {error.message}", hint=_HINT
        ) from error
    return counter.finish()


def _reader_for(manifest: Manifest) -> int:
    """Return the version whose tools can read the file: a foreign one may be newer than its server.

    Those of servers up to 16 are read by tools up to 16, as they were written.
    """
    if not manifest.quarantined:
        return manifest.server_version_num
    written_by = manifest.tool_version.partition(".")[0]
    return max(manifest.server_version_num, int(written_by or 0) * 10000)


def _check_bomb(manifest: Manifest, decoded: int) -> None:
    """Stop reading a foreign file that unpacks to far more than the rows of a database do."""
    if not manifest.quarantined:
        return
    if decoded > max(_LEAST_CAP_BYTES, (manifest.size_bytes or 0) * _MOST_RATIO):
        raise BackupDamaged(
            f"{manifest.id} unpacks to more than {_MOST_RATIO} times its size", hint=_HINT
        )


def _compare(manifest: Manifest, tables: dict[str, int]) -> None:
    if manifest.tables is not None and dict(manifest.tables) != tables:
        raise BackupDamaged(
            f"backup {manifest.id} holds other rows than were counted when it was made", hint=_HINT
        )
