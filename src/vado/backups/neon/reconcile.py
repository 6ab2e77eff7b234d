"""Bringing the records of what Neon keeps in line with what it really has."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from vado.backups.at_neon import Present, with_facts
from vado.backups.manifest import Manifest
from vado.backups.model import USABLE, BackupState
from vado.backups.stores import Store, store_of
from vado.environments import Environment
from vado.errors import NotFound
from vado.neon import Branch, Home, Snapshot, read_home
from vado.operations import now

# A request that was on its way when its sender died has arrived by then.
_SURE_AFTER_S = 120.0
# Any other state may still come to nothing.
_WHOLE = frozenset({"ready", "archived"})
_LOST = {
    "code": "neon_answer_lost",
    "message": "Vado was ended while Neon was asked for this backup, and Neon does not have it",
    "hint": "Take the backup again.",
    "details": {},
}


def reconcile(environment: Environment, home: Home) -> tuple[str, ...]:
    """Correct the state of each backup that Neon keeps; return the ids of those that changed.

    What has no answer is adopted when it is found by its name; what is gone is `missing`.
    """
    store = store_of(environment)
    records = [item for item in store.read_all() if item.kind != "dump"]
    if not records:
        return ()
    present = Present.read(home)
    if any(_settled(item, present).state == "missing" for item in records):
        # It may be newer than what we know of Neon: another Vado is at work as well.
        present = Present.read(read_home(home.client, environment))
    changed = [item.id for item in records if _settled(item, present) != item]
    return tuple(item for item in changed if _written(store, item, present))


def _settled(record: Manifest, present: Present) -> Manifest:
    found = present.find(record)
    if record.state == "unknown":
        return _known(record, found)
    if record.state in USABLE and found is None:
        return replace(record, state="missing")
    if record.state == "missing" and found is not None:
        return replace(record, state="ready")
    if isinstance(found, Snapshot) and found.size_bytes != record.size_bytes:
        # Neon computes it later.
        return replace(record, size_bytes=found.size_bytes or record.size_bytes)
    return record


def _known(record: Manifest, found: Branch | Snapshot | None) -> Manifest:
    if found is None:
        return (
            record.failed(record.error or _LOST, now())
            if _age_s(record) > _SURE_AFTER_S
            else record
        )
    if isinstance(found, Branch) and found.state not in _WHOLE:
        return record
    state: BackupState = "ready"
    key = "snapshot_id" if isinstance(found, Snapshot) else "backup_branch_id"
    ids = {} if record.kind == "neon_lsn" else {key: found.id}
    return replace(with_facts(record, **ids), state=state, finished_at=now(), error=None)


def _age_s(record: Manifest) -> float:
    made = datetime.fromisoformat(record.created_at)
    return (datetime.now(UTC) - made).total_seconds()


def _written(store: Store, backup_id: str, present: Present) -> bool:
    """Judge the record once more as it is now, and write it."""
    with store.changing(), suppress(NotFound):
        latest = store.reread(backup_id)
        found = _settled(latest, present)
        if found != latest:
            store.write(found)
            return True
    return False
