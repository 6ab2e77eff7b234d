"""The list of backups. The manifests on this machine are the truth of what can be used here.

A copy of each is written to `vado_control.backup` for others who look at the database; that it may
fail (no right to write, no connection) takes nothing from the backup.
"""

import json
import logging
from dataclasses import asdict, replace
from pathlib import Path

from vado.backups.manifest import Manifest
from vado.backups.model import Backup
from vado.backups.stores import Store, store_of
from vado.database import control_installed, load_queries
from vado.environments import Environment
from vado.errors import ConfirmationRequired, NotFound, Refused, UsageError, VadoError

log = logging.getLogger("vado.backups")

_QUERIES = load_queries("vado.backups")
LONGEST_LABEL = 200


def list_backups(environment: Environment) -> list[Backup]:
    """Return the backups of the environment's database on this machine, the newest first."""
    store = store_of(environment)
    return [_seen(store, manifest) for manifest in store.read_all()]


def get_backup(environment: Environment, backup_id: str) -> Backup:
    """Return one backup; NotFound when there is none of that id."""
    store = store_of(environment)
    return _seen(store, store.read(backup_id))


def backup_file(environment: Environment, backup_id: str) -> Path:
    """Return the file of a backup; NotFound when it is not on this machine."""
    store = store_of(environment)
    store.read(backup_id)
    if not store.is_available(backup_id):
        raise NotFound(
            f"the file of backup {backup_id} is not on this machine",
            hint="`vado backup list` tells which are.",
        )
    return store.file(backup_id)


def _seen(store: Store, manifest: Manifest) -> Backup:
    return manifest.backup(available=store.is_available(manifest.id))


def check_label(label: str | None) -> None:
    """Refuse a label that is too long for the screens."""
    if label is not None and len(label) > LONGEST_LABEL:
        raise UsageError(
            f"a label has at most {LONGEST_LABEL} characters", hint="Give a shorter one."
        )


def update_backup(
    environment: Environment,
    backup_id: str,
    *,
    label: str | None = None,
    pinned: bool | None = None,
) -> Backup:
    """Change label or pin; None leaves it as it is, an empty label removes it."""
    check_label(label)
    store = store_of(environment)
    store.read(backup_id)  # NotFound before a lock is asked for
    with store.changing():
        manifest = store.reread(backup_id)
        _refuse_unfinished(manifest)
        changed = replace(
            manifest,
            label=manifest.label if label is None else label or None,
            pinned=manifest.pinned if pinned is None else pinned,
        )
        store.write(changed)
    record_in_target(environment, changed)
    return _seen(store, changed)


def delete_backup(environment: Environment, backup_id: str, confirmation: str | None) -> None:
    """Delete the backup's file and manifest for good; its id is asked for as confirmation."""
    store = store_of(environment)
    manifest = store.read(backup_id)
    if confirmation != backup_id:
        pinned = "pinned " if manifest.pinned else ""
        raise ConfirmationRequired(
            f"deleting the {pinned}backup {backup_id} has to be confirmed",
            hint=f"Confirm with its id {backup_id}.",
            details={"word": backup_id},
        )
    _refuse_unfinished(manifest)
    with store.changing():
        store.remove(backup_id)
    _forget_in_target(environment, backup_id)
    log.info("backup deleted", extra={"backup": backup_id})


def _refuse_unfinished(manifest: Manifest) -> None:
    if manifest.state == "creating":
        raise Refused(
            f"backup {manifest.id} is still being made", hint="Wait for its end, or cancel it."
        )


def record_in_target(environment: Environment, manifest: Manifest) -> None:
    """Copy a manifest into the database's own list of backups, where there is one."""
    known = asdict(manifest)
    columns = ("id", "state", "label", "reason", "pinned", "environment", "database", "created_at")
    more = ("finished_at", "size_bytes", "sha256", "fingerprint", "ledger_version", "operation_id")
    try:
        with environment.session() as session:
            if control_installed(session):
                session.execute(
                    _QUERIES["record"],
                    **{name: known[name] for name in columns + more},
                    manifest=json.dumps(known),
                )
    except VadoError as error:
        log.warning("backup not recorded in the database", extra={"error": error.message})


def _forget_in_target(environment: Environment, backup_id: str) -> None:
    try:
        with environment.session() as session:
            if control_installed(session):
                session.execute(_QUERIES["forget"], id=backup_id)
    except VadoError as error:
        log.warning("backup not removed from the database's list", extra={"error": error.message})
