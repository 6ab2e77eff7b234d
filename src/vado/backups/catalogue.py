"""The list of backups. The manifests on this machine are the truth of what can be used here.

A copy of each is written to `vado_control.backup` for others who look at the database; that it may
fail (no right to write, no connection) takes nothing from the backup.
"""

import logging
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

from vado.backups.at_neon import delete_kept
from vado.backups.labels import check_label
from vado.backups.manifest import Manifest
from vado.backups.model import USABLE, Backup, BackupFilter, BackupState
from vado.backups.stores import Store, store_of
from vado.backups.use import is_in_use
from vado.database import control_installed, load_queries
from vado.environments import Environment
from vado.errors import (
    BackupError,
    ConfirmationRequired,
    NotFound,
    Refused,
    StoreUnavailable,
    VadoError,
)
from vado.operations import now

log = logging.getLogger("vado.backups")

_QUERIES = load_queries("vado.backups")


def list_backups(environment: Environment) -> list[Backup]:
    """Return the backups of the environment's database, the newest first.

    Each is shown as it is now: `missing` when its file is not there (the disk may only be away, so
    nothing is written down for it) and `expired` when its time is over.
    """
    store = store_of(environment)
    return [seen(store, manifest) for manifest in store.read_all()]


def filter_backups(backups: Iterable[Backup], wanted: BackupFilter) -> list[Backup]:
    """Return those of *backups* that are asked for, in their order."""
    return [backup for backup in backups if _is_wanted(backup, wanted)]


def _is_wanted(backup: Backup, wanted: BackupFilter) -> bool:
    asked = {
        name: getattr(wanted, name)
        for name in ("state", "reason", "kind", "pinned")
        if getattr(wanted, name) is not None
    }
    if any(getattr(backup, name) != value for name, value in asked.items()):
        return False
    text = "\n".join(part for part in (backup.label, backup.id, backup.plan_id) if part)
    return (wanted.search or "").casefold() in text.casefold()


def get_backup(environment: Environment, backup_id: str) -> Backup:
    """Return one backup; NotFound when there is none of that id."""
    store = store_of(environment)
    return seen(store, store.read(backup_id))


def backup_file(environment: Environment, backup_id: str) -> Path:
    """Return where a backup's file is, or will be once fetched; NotFound when it is nowhere."""
    store = store_of(environment)
    if store.read(backup_id).quarantined:
        raise Refused(
            f"backup {backup_id} was not taken by this Vado, so none of its SQL is run here",
            hint="Prove it, or restore tables of it beside the others.",
        )
    if not store.is_available(backup_id):
        raise NotFound(
            f"the file of backup {backup_id} is not there",
            hint="`vado backup list` tells which are.",
        )
    return store.file(backup_id)


def seen(store: Store, manifest: Manifest) -> Backup:
    """Return a backup as it is now, whatever was last written down of it."""
    is_file = manifest.kind == "dump"
    available = store.is_available(manifest.id) if is_file else manifest.state in USABLE
    state = _state_now(manifest, available=available)
    return replace(manifest.backup(available=available and state in USABLE), state=state)


def _state_now(manifest: Manifest, *, available: bool) -> BackupState:
    if manifest.state not in USABLE:
        return manifest.state
    if manifest.expires_at is not None and manifest.expires_at <= now():
        return "expired"
    return manifest.state if available else "missing"


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
    return seen(store, changed)


def delete_backup(
    environment: Environment, backup_id: str, confirmation: str | None = None
) -> None:
    """Delete the backup's file and manifest for good.

    Its id is asked for as confirmation where it is pinned, the only proven or the only usable one.
    Refused while it is made or read.
    """
    store = store_of(environment)
    manifest = store.read(backup_id)
    others = [item for item in list_backups(environment) if item.id != backup_id]
    why = _why_confirm(seen(store, manifest), others)
    if why is not None and confirmation != backup_id:
        raise ConfirmationRequired(
            f"deleting {backup_id} has to be confirmed: {why[1]}",
            hint=f"Confirm with its id {backup_id}.",
            details={"word": backup_id, "reason": why[0]},
        )
    _refuse_unfinished(manifest)
    if manifest.kind != "dump":
        delete_kept(environment, manifest)
    with store.changing():
        remove(store, store.reread(backup_id))
    record_deletion(environment, backup_id)


def _why_confirm(backup: Backup, others: list[Backup]) -> tuple[str, str] | None:
    if backup.pinned:
        return "pinned", "it is pinned"
    usable = [item for item in others if item.usable and not item.quarantined]
    # A place in Neon's history lasts a few hours, so it is nobody's only backup.
    usable = [item for item in usable if item.kind != "neon_lsn"]
    if not backup.usable or backup.quarantined or backup.kind == "neon_lsn":
        return None
    if not usable:
        return "only_usable", "it is the only one that can be restored"
    if backup.state == "proven" and not any(item.state == "proven" for item in usable):
        return "only_proven", "it is the only one that is proven"
    return None


def remove(store: Store, manifest: Manifest) -> None:
    """Delete a backup, inside of `changing`; if that is cut short, the rest can be asked for again.

    Refused while it is made or read.
    """
    _refuse_unfinished(manifest)
    if is_in_use(store.folder, manifest.id):
        raise Refused(
            f"backup {manifest.id} is being read", hint="Wait for the end of what reads it."
        )
    try:
        store.write(replace(manifest, state="deleting"))
    except StoreUnavailable:
        raise
    except BackupError as error:
        # On a full disk nothing can be written, and deleting is the way to make room: cut short,
        # it would be listed as missing.
        log.warning("deletion not written down", extra={"error": error.message})
    store.remove(manifest.id)
    log.info("backup deleted", extra={"backup": manifest.id})


def _refuse_unfinished(manifest: Manifest) -> None:
    if manifest.state == "creating":
        raise Refused(
            f"backup {manifest.id} is still being made", hint="Wait for its end, or cancel it."
        )


def record_in_target(environment: Environment, manifest: Manifest) -> None:
    """Copy a manifest into the database's own list of backups, where there is one."""
    known = asdict(manifest)
    columns = (
        "id",
        "kind",
        "state",
        "label",
        "reason",
        "pinned",
        "environment",
        "database",
        "created_at",
    )
    more = ("finished_at", "size_bytes", "sha256", "fingerprint", "ledger_version", "operation_id")
    try:
        with environment.session() as session:
            if control_installed(session):
                session.execute(
                    _QUERIES["record"],
                    **{name: known[name] for name in (*columns, *more, "operation_id")},
                    manifest=manifest.to_text(),
                )
    except VadoError as error:
        log.warning("backup not recorded in the database", extra={"error": error.message})


def record_deletion(environment: Environment, backup_id: str) -> None:
    """Say in the database's own list, where there is one, that a backup is gone."""
    try:
        with environment.session() as session:
            if control_installed(session):
                session.execute(_QUERIES["record_deletion"], id=backup_id)
    except VadoError as error:
        log.warning("deletion not recorded in the database", extra={"error": error.message})
