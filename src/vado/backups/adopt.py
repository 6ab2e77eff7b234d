"""Backup files whose record is lost: listed again by their manifest, or refused with the reason.

They lie in the folder of the database's backups, or one above it, where somebody put them who came
from another machine. A manifest is believed where size and SHA-256 of the file are those it tells.
"""

import logging
import os
import re
import secrets
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vado.backups.catalogue import record_in_target, seen
from vado.backups.labels import tidy_label
from vado.backups.manifest import Manifest
from vado.backups.model import USABLE, Backup
from vado.backups.stores import Store, store_of
from vado.backups.stores.folder import entries, read_manifest
from vado.backups.verify import sha256_of
from vado.database import control_installed, load_queries
from vado.environments import Environment, identity_of
from vado.errors import BackupError, VadoError
from vado.operations import Job, Unheard

log = logging.getLogger("vado.backups")

_QUERIES = load_queries("vado.backups")
_FILE = re.compile(r"(?P<id>bk_[0-9]{14}_[0-9a-f]{8})\.dump(?P<encrypted>\.age)?")


@dataclass(frozen=True, slots=True)
class AdoptReport:
    """Which files are listed again, and which are not: `{file, reason, problem}` of each.

    `problem` is the whole error, whose code and `details.reason` are to be translated by;
    `reason` is its message.
    """

    adopted: tuple[Backup, ...]
    refused: tuple[dict[str, Any], ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as the API and `--json` show it."""
        return {
            "adopted": [backup.to_json() for backup in self.adopted],
            "refused": list(self.refused),
        }


def adopt_backups(environment: Environment) -> AdoptReport:
    """List the backups again that lie in the folder, or one above, and have lost their record.

    What the manifest says is of another database is adopted into quarantine. The files above the
    folder are copied, not moved. Files without a manifest are refused: `import_dump` takes them.
    """
    store = store_of(environment)
    listed = {manifest.id for manifest in store.read_all()}
    adopted: list[Backup] = []
    refused: list[dict[str, Any]] = []
    for path in _candidates(store):
        backup_id = path.name.partition(".")[0]
        if backup_id in listed:
            continue
        try:
            adopted.append(_adopted(environment, store, path))
            listed.add(backup_id)
        except VadoError as error:
            told = {"reason": error.message, "problem": error.to_json()}
            refused.append({"file": path.name, **told})
    return AdoptReport(tuple(adopted), tuple(refused))


def _candidates(store: Store) -> list[Path]:
    return [
        path
        for folder in (store.folder, store.folder.parent)
        for path in entries(folder)
        if _FILE.fullmatch(path.name) and path.is_file() and not path.is_symlink()
    ]


def _adopted(environment: Environment, store: Store, path: Path) -> Backup:
    job = Job(f"op_{secrets.token_hex(8)}", Unheard())
    manifest = _manifest_of(environment, path)
    if manifest.size_bytes != path.stat().st_size or manifest.sha256 != sha256_of(path, job):
        raise BackupError(
            f"{path.name} is not the file that its manifest tells of (size or SHA-256 differ)",
            hint="Copy the file again.",
            details={"reason": "other_bytes", "file": path.name},
        )
    manifest = replace(
        manifest,
        state=manifest.state if manifest.state in USABLE else "ready",
        error=None,
        label=tidy_label(manifest.label),
        store=store.kind,
        quarantined=manifest.quarantined or _is_of_another(environment, manifest),
    )
    if store.free_bytes() < path.stat().st_size and path.parent != store.folder:
        raise BackupError(
            f"there is no room for {path.name}",
            hint="Free disk space.",
            details={"reason": "no_room_to_copy", "file": path.name},
        )
    with store.reserved(manifest.id):
        if path.parent != store.folder:
            _copy(path, store.begin(manifest.id))
            store.seal(manifest.id, encrypted=manifest.encrypted)
        store.publish(manifest, job)
        with store.changing():
            store.write(manifest)
    record_in_target(environment, manifest)
    log.info("backup adopted", extra={"backup": manifest.id})
    return seen(store, manifest)


def _manifest_of(environment: Environment, path: Path) -> Manifest:
    match = _FILE.fullmatch(path.name)
    assert match is not None  # noqa: S101 (only such files are candidates)
    manifest = _found(environment, path.with_name(f"{match['id']}.json"), match["id"])
    if manifest.encrypted != bool(match["encrypted"]) or manifest.kind != "dump":
        raise BackupError(
            f"the manifest beside {path.name} is of another file",
            hint="Copy both.",
            details={"reason": "of_another_file", "file": path.name},
        )
    return manifest


def _found(environment: Environment, beside: Path, backup_id: str) -> Manifest:
    """Return the manifest beside a file, or else the copy that the database keeps."""
    try:
        if not beside.is_symlink():
            return read_manifest(beside)
    except FileNotFoundError:
        pass
    except BackupError as unreadable:
        try:
            return _recorded(environment, backup_id)
        except VadoError:
            raise unreadable from None
    return _recorded(environment, backup_id)


def _recorded(environment: Environment, backup_id: str) -> Manifest:
    """Return the copy of a manifest that the database keeps."""
    text = None
    with environment.session(read_only=True) as session:
        if control_installed(session):
            text = session.value(_QUERIES["recorded_manifest"], id=backup_id)
    if text is None:
        raise BackupError(
            f"there is no manifest of {backup_id}, beside the file or in the database",
            hint="`vado backup import` takes it into quarantine.",
            details={"reason": "no_manifest", "id": backup_id},
        )
    return Manifest.from_text(text, of=backup_id)


def _is_of_another(environment: Environment, manifest: Manifest) -> bool:
    target = environment.target
    if (manifest.host, manifest.port, manifest.database) == (
        target.host,
        target.port,
        target.dbname,
    ):
        return False
    with environment.session(read_only=True) as session:
        return manifest.identity != identity_of(session)


def _copy(source: Path, partial: Path) -> None:
    try:
        with source.open("rb") as reading, partial.open("r+b") as writing:
            shutil.copyfileobj(reading, writing, 2**20)
            writing.flush()
            os.fsync(writing.fileno())
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise BackupError(
            f"cannot copy {source.name}: {error.strerror}",
            hint="Free disk space and try again.",
            details={"reason": "not_copied", "file": source.name},
        ) from error
