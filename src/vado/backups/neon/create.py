"""Backups kept by Neon: a snapshot, a branch, or only the place in its history.

The record is written before Neon is asked, with the unique name by which what was made is found
again, so that a crash or a lost answer never leaves something that nobody knows of.
"""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from vado.backups.at_neon import facts, name_of, take_away, with_facts
from vado.backups.catalogue import record_in_target
from vado.backups.labels import check_label
from vado.backups.manifest import Manifest
from vado.backups.model import Backup, BackupRequest, Kind
from vado.backups.moment import read_moment
from vado.backups.stores import Store, store_of
from vado.database import Session, load_queries
from vado.environments import Environment, identity_of
from vado.errors import Cancelled, NeonLimit, NeonRefused, VadoError
from vado.logging import redacted
from vado.neon import HURRIED, Home, Pace, at_home
from vado.operations import Job, actor, now

log = logging.getLogger("vado.backups")

_QUERIES = load_queries("vado.backups.neon")
_FREE = "free"
_FREE_SNAPSHOTS = 1


def take_neon_backup(
    environment: Environment, job: Job, asked: BackupRequest, pace: Pace | None = None
) -> Backup:
    """Have Neon keep the database as it is now; refused before anything when it cannot.

    All databases of the branch are kept together. Raises NeonError, ConnectionFailed, Cancelled.
    """
    check_label(asked.label)
    store = store_of(environment)
    with (
        at_home(environment, job, pace=pace) as home,
        environment.session(read_only=True) as session,
    ):
        _check(home, asked.kind)
        job.step("record")
        draft = _draft(environment, home, session, job, asked)
        with store.reserved(draft.id), _settled(store, home, draft):
            with session.transaction():
                draft = read_moment(session, draft, job).manifest
            store.write(draft)
            job.step("ask_neon")
            ready = replace(_made(home, draft), state="ready", finished_at=now())
            store.write(ready)
    record_in_target(environment, ready)
    log.info("backup", extra={"backup": ready.id, "kind": ready.kind})
    return ready.backup(available=True)


def note_restore_point(environment: Environment, plan_id: str, job: Job) -> str | None:
    """Write down where Neon's history is before an apply; return the id of the record.

    It costs nothing at Neon, and never stands in the way: None where it cannot be had, and where
    the environment is not at Neon.
    """
    if environment.neon is None:
        return None
    try:
        _forget_expired(store_of(environment))
        request = BackupRequest(reason="before_apply", plan_id=plan_id, kind="neon_lsn")
        with job.inside_step():
            return take_neon_backup(environment, job, request, HURRIED).id
    except Cancelled:
        raise
    except VadoError as error:
        job.log(
            f"no restore point at Neon: {error.message}",
            "no_restore_point",
            reason=error.message,
        )
        return None


def _forget_expired(store: Store) -> None:
    """Remove the records of places that Neon does not remember any more: there is nothing else."""
    gone = [
        item.id
        for item in store.read_all()
        if item.kind == "neon_lsn"
        and not item.pinned
        and item.expires_at is not None
        and item.expires_at <= now()
        and not {"restore", "name"} & facts(item).keys()
    ]
    if gone:
        with store.changing():
            for backup_id in gone:
                store.remove(backup_id)


def _check(home: Home, kind: Kind) -> None:
    if kind == "neon_branch":
        home.check_child()
    if kind != "neon_snapshot":
        return
    if not home.branch.root:
        raise NeonRefused(
            f"branch {home.branch.name} has a parent, and Neon only takes snapshots of a root",
            hint="Take a backup of kind neon_branch.",
        )
    free = (home.project.subscription or "").startswith(_FREE)
    taken = len(home.client.snapshots())
    if free and taken >= _FREE_SNAPSHOTS:
        raise NeonLimit(
            f"the free plan keeps {_FREE_SNAPSHOTS} snapshot, and there is one",
            hint="Delete it, or take a backup of kind neon_branch.",
            details={"snapshots": taken, "limit": _FREE_SNAPSHOTS},
        )


def _draft(
    environment: Environment, home: Home, session: Session, job: Job, asked: BackupRequest
) -> Manifest:
    position = session.row(_QUERIES["position"]) or {}
    moment: datetime = position["at"].astimezone(UTC)
    backup_id = f"bk_{moment:%Y%m%d%H%M%S}_{secrets.token_hex(4)}"
    until = f"{moment + timedelta(seconds=home.project.history_s):%Y-%m-%dT%H:%M:%SZ}"
    target = environment.target
    return Manifest(
        id=backup_id,
        state="creating",
        reason=asked.reason,
        label=asked.label or None,
        pinned=asked.pinned,
        plan_id=asked.plan_id,
        environment=environment.name,
        host=target.host,
        port=target.port,
        database=target.dbname,
        identity=identity_of(session),
        created_at=moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        server_version=f"{session.server_version // 10000}.{session.server_version % 10000}",
        server_version_num=session.server_version,
        tool_version="",
        compression="",
        operation_id=job.id,
        actor=actor(),
        kind=asked.kind,
        store="neon",
        expires_at=until if asked.kind == "neon_lsn" else None,
        neon={
            "project_id": home.project.id,
            "branch_id": home.branch.id,
            "branch": home.branch.name,
            "endpoint_id": home.endpoint.id,
            "lsn": position["lsn"],
            "window_until": until,
            **({} if asked.kind == "neon_lsn" else {"name": name_of(backup_id)}),
        },
    )


@contextmanager
def _settled(store: Store, home: Home, draft: Manifest) -> Iterator[None]:
    """Write the record; whatever goes wrong, take away what was made and say so in it.

    Where even that cannot be told, because Neon is out of reach, it stays `unknown` until Neon is
    asked the next time.
    """
    store.write(draft)
    try:
        yield
    except BaseException as error:
        known = error if isinstance(error, VadoError) else Cancelled("the backup was stopped")
        told = {key: redacted(value) for key, value in known.to_json().items()}
        if (left := take_away(home.client, draft)) is None:
            store.write(draft.failed(told, now()))
        else:
            log.warning("not taken away", extra={"backup": draft.id, "error": left.message})
            store.write(replace(draft, state="unknown", error=told))
        raise


def _made(home: Home, manifest: Manifest) -> Manifest:
    name = name_of(manifest.id)
    if manifest.kind == "neon_snapshot":
        snapshot = home.client.create_snapshot(home.branch.id, name)
        return replace(
            with_facts(manifest, snapshot_id=snapshot.id), size_bytes=snapshot.size_bytes
        )
    if manifest.kind == "neon_branch":
        branch = home.client.create_branch(name, home.branch.id)
        return with_facts(manifest, backup_branch_id=branch.id)
    return manifest
