"""Taking a backup: pg_dump on a snapshot that the manifest describes, then a full decode."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from vado.backups.catalogue import record_in_target
from vado.backups.client import Command, Run, connecting, running
from vado.backups.encryption import encrypted_into, opened
from vado.backups.keys import check_own_key, encrypts, has_key
from vado.backups.labels import check_label
from vado.backups.manifest import Manifest
from vado.backups.model import Backup, BackupRequest
from vado.backups.moment import LOCK_WAIT_MS, Moment, read_moment
from vado.backups.progress import RowProgress, follow
from vado.backups.retention import prune_after_backup
from vado.backups.space import check_space
from vado.backups.stores import Store, store_of
from vado.backups.verify import decode, sha256_of
from vado.database import (
    ClientTools,
    Session,
    load_queries,
    password_file,
    tools_for,
)
from vado.environments import Environment, identity_of
from vado.errors import BackupDamaged, BackupError, VadoError
from vado.logging import redacted
from vado.operations import Job, actor, now

log = logging.getLogger("vado.backups")

_QUERIES = load_queries("vado.backups")
CONTROL_SCHEMA = "vado_control"
_FIRST_WITH_METHODS = 16
_UNEXPECTED = {
    "code": "internal_error",
    "message": "an unexpected error stopped the backup",
    "hint": "The log in Vado's state folder tells more.",
    "details": {},
}


@dataclass(frozen=True, slots=True)
class _Making:
    """One backup being made."""

    environment: Environment
    job: Job
    store: Store
    session: Session
    tools: ClientTools


def take_backup(environment: Environment, job: Job, request: BackupRequest | None = None) -> Backup:
    """Write a verified backup of the whole database, without Vado's control schema.

    The database is only read. Fails with ToolsError, ConnectionFailed, StatementFailed, BackupError
    or Cancelled; then no file is kept and the backup is listed as failed. Only one that is
    cancelled while its finished file is decoded stays, as `ready`.
    """
    asked = request or BackupRequest()
    if asked.kind != "dump":
        from vado.backups.neon.create import take_neon_backup  # noqa: PLC0415 (few have Neon)

        return take_neon_backup(environment, job, asked)
    check_label(asked.label)
    check_own_key(environment)
    store = store_of(environment)
    job.check()
    manifest = _written(environment, job, asked, store)
    record_in_target(environment, manifest)
    if manifest.encrypted and not has_key(environment):
        job.log("not read back: no secret key is here", "not_decoded_without_key")
    else:
        manifest = _decoded(environment, manifest, job, store)
        record_in_target(environment, manifest)
    store.release(manifest.id)
    log.info("backup", extra={"backup": manifest.id, "size_bytes": manifest.size_bytes})
    if asked.reason != "before_restore":  # what is restored next must not go now
        prune_after_backup(environment, job)
    return manifest.backup(available=True)


def _written(environment: Environment, job: Job, asked: BackupRequest, store: Store) -> Manifest:
    with environment.session(read_only=True) as session:
        tools = tools_for(session.server_version, tls=environment.tls)
        making = _Making(environment, job, store, session, tools)
        check_space(store, session.value(_QUERIES["database_bytes"]), session.target.dbname, job)
        draft = _draft(making, asked)
        with store.reserved(draft.id), kept_or_failed(store, draft):
            with session.transaction():
                moment = read_moment(session, draft, job)
                _dump(making, moment)
            return _sealed(making, moment.manifest)


def _draft(making: _Making, asked: BackupRequest) -> Manifest:
    target, session = making.environment.target, making.session
    # By the server's clock, so that a wrong one here does not upset order and age.
    moment: datetime = session.value(_QUERIES["server_time"]).astimezone(UTC)
    return Manifest(
        id=f"bk_{moment:%Y%m%d%H%M%S}_{secrets.token_hex(4)}",
        state="creating",
        reason=asked.reason,
        label=asked.label or None,
        pinned=asked.pinned,
        plan_id=asked.plan_id,
        environment=making.environment.name,
        host=target.host,
        port=target.port,
        database=target.dbname,
        identity=identity_of(session),
        created_at=moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        server_version=f"{session.server_version // 10000}.{session.server_version % 10000}",
        server_version_num=session.server_version,
        tool_version=".".join(str(part) for part in making.tools.version),
        compression=_compression(making.tools),
        operation_id=making.job.id,
        actor=actor(),
        store=making.store.kind,
        encrypted=encrypts(making.environment),
    )


def _compression(tools: ClientTools) -> str:
    return "zstd:1" if tools.zstd else "gzip:1"


@contextmanager
def kept_or_failed(store: Store, manifest: Manifest) -> Iterator[None]:
    """Write down that the backup is being made; whatever goes wrong, leave no file behind."""
    store.write(manifest)
    try:
        yield
    except BaseException as error:
        _discard(store, manifest, error.to_json() if isinstance(error, VadoError) else _UNEXPECTED)
        raise


def _discard(store: Store, manifest: Manifest, error: dict[str, Any]) -> None:
    """Remove the file of a backup that failed and say so in its manifest."""
    store.discard(manifest.id)
    told = {key: redacted(value) for key, value in error.items()}
    try:
        store.write(manifest.failed(told, now()))
    except BackupError as full:
        # What counts is that nothing looks like a backup; the operation has the error as well.
        log.warning("failed backup not recorded", extra={"backup": manifest.id, "error": str(full)})


def _dump(making: _Making, moment: Moment) -> None:
    environment, job, tools = making.environment, making.job, making.tools
    path = making.store.begin(moment.manifest.id)
    method = moment.manifest.compression
    application = f"vado {job.id}"
    with password_file(environment.target) as passwords:
        command = Command(
            argv=[
                tools.pg_dump,
                "--format=custom",
                # Up to 15, only the level of gzip can be said.
                f"--compress={method if tools.version[0] >= _FIRST_WITH_METHODS else 1}",
                *([] if moment.manifest.encrypted else [f"--file={path}"]),
                f"--snapshot={moment.snapshot}",
                f"--exclude-schema={CONTROL_SCHEMA}",
                *(["--no-blobs"] if "large_objects" in moment.manifest.left_out else []),
                f"--lock-wait-timeout={LOCK_WAIT_MS}",
                "--no-password",
                "--verbose",
            ],
            env=connecting(environment.target, passwords, application),
            pipes_output=moment.manifest.encrypted,
        )
        with running(command, job) as run, _encrypting(making, moment.manifest, run):
            progress = RowProgress(
                job, "dump", moment.rows, moment.sizes, lambda: path.stat().st_size
            )
            follow(run, progress, environment.target, application)


def _encrypting(making: _Making, manifest: Manifest, run: Run) -> AbstractContextManager[None]:
    if not manifest.encrypted:
        return nullcontext()
    path, recipients = making.store.partial(manifest.id), making.environment.backups.encrypt_to
    return encrypted_into(path, recipients, run.output, run.stop)


def _sealed(making: _Making, manifest: Manifest) -> Manifest:
    job, store = making.job, making.store
    job.step("hash")
    digest = sha256_of(store.partial(manifest.id), job)
    job.step("record")
    ready = replace(
        manifest,
        state="ready",
        sha256=digest,
        size_bytes=store.seal(manifest.id, encrypted=manifest.encrypted),
        finished_at=now(),
    )
    store.publish(ready, job)
    store.write(ready)
    return ready


def _decoded(environment: Environment, manifest: Manifest, job: Job, store: Store) -> Manifest:
    try:
        with opened(environment, manifest, store.file(manifest.id)) as archive:
            tables = decode(archive, manifest, job)
    except BackupDamaged as error:
        _discard(store, manifest, error.to_json())
        raise
    with store.changing():
        # It is listed since it was ready, so it may have got a label or a pin meanwhile.
        ready = store.reread(manifest.id)
        verified = replace(ready, state="verified", tables=tables, verified_at=now())
        store.write(verified)
    return verified
