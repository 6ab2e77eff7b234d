"""Dumps of other origin: taken in as they are, and never trusted.

Whoever wrote such a file decides which SQL its restore runs. So it is only read, as PostgreSQL's
custom format and never by psql; it replaces no database; and it is proven on the server that Vado
brings along, as a role that may do nothing there but fill one empty database.
"""

import logging
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from vado.backups.client import Command, connecting, running
from vado.backups.dump import kept_or_failed
from vado.backups.encryption import Archive, opened
from vado.backups.incoming import Incoming
from vado.backups.keys import check_own_key, encrypts, has_key
from vado.backups.labels import tidy_label
from vado.backups.manifest import Manifest
from vado.backups.model import Backup
from vado.backups.stores import Store, store_of
from vado.backups.verify import sha256_of, verify_backup
from vado.database import (
    ClientTools,
    Identifier,
    Session,
    Target,
    connect,
    find_tools,
    load_queries,
    password_file,
    shared_server,
)
from vado.environments import Environment
from vado.errors import BackupDamaged, BackupError, BackupLocked, Refused, ToolFailed, ToolsMissing
from vado.operations import Job, actor, now
from vado.settings import Secret

log = logging.getLogger("vado.backups")

_QUERIES = load_queries("vado.backups")
_MAGIC = b"PGDMP"
_FORMAT_AT = 10  # magic, three bytes of version, sizes of an integer and of an offset
_CUSTOM = 1
_PIECE_BYTES = 2**20
_RESERVE_BYTES = 64 * 2**20
_LONGEST_HEADER = 2**16
_ONLY_CUSTOM = "Make it with pg_dump --format=custom; scripts and tar archives are never read."
_DATABASE = re.compile(r"^;\s+dbname: (?P<found>.*)$", re.MULTILINE)
_FROM = re.compile(r"^;\s+Dumped from database version: (?P<found>(\d+)(?:\.(\d+))?)", re.MULTILINE)
_BY = re.compile(r"^;\s+Dumped by pg_dump version: (?P<found>\d+(?:\.\d+)?)", re.MULTILINE)
_COMPRESSION = re.compile(r"^;\s+Compression: (?P<found>\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Header:
    database: str
    server_version: str
    server_version_num: int
    tool_version: str
    compression: str


def import_dump(environment: Environment, path: Path, job: Job) -> Backup:
    """Copy a dump of other origin among the backups and read it to its end, in quarantine.

    UsageError-like refusals (not a custom dump, no room) come before anything is written; a file
    that cannot be read, or unpacks to far more than a dump does, raises BackupDamaged and is not
    kept.
    """
    store = store_of(environment)
    check_own_key(environment)
    if encrypts(environment) and not has_key(environment):
        raise BackupLocked(
            "an imported dump is read to its end, and there is no secret key here to do that with",
            hint="Import it where the key is.",
        )
    with _opened(path) as source:
        size = os.fstat(source.fileno()).st_size
        _check_room(store, size)
        with environment.session(read_only=True) as session:
            draft = _draft(environment, session, path, job)
        with store.reserved(draft.id), kept_or_failed(store, draft):
            header = _header(path.absolute(), job)
            copy = Incoming(source, store.begin(draft.id), size, job)
            if draft.encrypted:
                copy.encrypted(environment.backups.encrypt_to)
            else:
                copy.plain()
            sealed = _sealed(store, draft, header, job)
    try:
        backup = verify_backup(environment, sealed.id, job)
    except BackupDamaged:
        with store.changing():
            store.discard(sealed.id)
        raise
    store.release(sealed.id)
    log.info("dump imported", extra={"backup": sealed.id, "size_bytes": size})
    return backup


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file of the custom format; Refused, unread, when it is anything else."""
    try:
        # Without waiting for whoever might write into a pipe of that name.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise _unreadable(path, error) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Refused(
            f"{path} is no file",
            hint=_ONLY_CUSTOM,
            details={"reason": "no_file", "file": path.name},
        )
    with os.fdopen(descriptor, "rb") as file:
        head = _head(file, path)
        if not head.startswith(_MAGIC) or len(head) <= _FORMAT_AT or head[_FORMAT_AT] != _CUSTOM:
            raise Refused(
                f"{path.name} is no dump in PostgreSQL's custom format",
                hint=_ONLY_CUSTOM,
                details={"reason": "not_custom", "file": path.name},
            )
        yield file


def _head(file: IO[bytes], path: Path) -> bytes:
    try:
        head = file.read(_FORMAT_AT + 1)
        file.seek(0)
    except OSError as error:
        raise _unreadable(path, error) from error
    return head


def _unreadable(path: Path, error: OSError) -> Refused:
    return Refused(
        f"cannot read {path}: {error.strerror}",
        hint="Give a file that is there and that you may read.",
        details={"reason": "dump_unreadable", "file": path.name, "why": error.strerror},
    )


def _check_room(store: Store, size: int) -> None:
    free = store.free_bytes()
    if free < size + _RESERVE_BYTES:
        raise BackupError(
            f"the dump has {size // 2**20} MB, {free // 2**20} MB are free in {store.folder}",
            hint="Delete old backups or free space.",
            details={
                "reason": "no_room",
                "needed_bytes": size + _RESERVE_BYTES,
                "free_bytes": free,
            },
        )


def _draft(environment: Environment, session: Session, path: Path, job: Job) -> Manifest:
    moment: datetime = session.value(_QUERIES["server_time"]).astimezone(UTC)
    target = environment.target
    return Manifest(
        id=f"bk_{moment:%Y%m%d%H%M%S}_{secrets.token_hex(4)}",
        state="creating",
        reason="imported",
        label=tidy_label(path.name),
        environment=environment.name,
        host=target.host,
        port=target.port,
        database=target.dbname,
        identity="",  # nobody knows
        created_at=moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        server_version="?",
        server_version_num=0,
        tool_version="?",
        compression="?",
        operation_id=job.id,
        actor=actor(),
        quarantined=True,
        store=store_of(environment).kind,
        encrypted=encrypts(environment),
    )


def _sealed(store: Store, draft: Manifest, header: _Header, job: Job) -> Manifest:
    partial = store.partial(draft.id)
    job.step("hash")
    digest = sha256_of(partial, job)
    ready = replace(
        draft,
        state="ready",
        database=header.database or draft.database,
        server_version=header.server_version,
        server_version_num=header.server_version_num,
        tool_version=header.tool_version,
        compression=header.compression,
        sha256=digest,
        size_bytes=store.seal(draft.id, encrypted=draft.encrypted),
        finished_at=now(),
    )
    store.publish(ready, job)
    store.write(ready)
    return ready


def newest_tools() -> ClientTools:
    """Return the newest client tools: who wrote a foreign dump may have had new ones."""
    found = find_tools()
    if not found:
        raise ToolsMissing("there is no pg_restore", hint="Run vado tools install.")
    return max(found, key=lambda tools: (tools.version, tools.zstd))


def _header(path: Path, job: Job) -> _Header:
    command = Command(
        argv=[newest_tools().pg_restore, "--list", path],
        env={"PATH": os.defpath, "LC_ALL": "C"},
        pipes_output=True,
    )
    try:
        with running(command, job) as run:
            text = run.output.read(_LONGEST_HEADER).decode(errors="replace")
            while run.output.read(_PIECE_BYTES):
                job.check()
    except ToolFailed as error:
        raise BackupDamaged(
            f"the dump cannot be read: {error.message}",
            hint="Make the dump again.",
            details={"reason": "dump_damaged", "said": error.message},
        ) from error
    server = _FROM.search(text)
    return _Header(
        database=_found(_DATABASE, text)[:63],
        server_version=_found(_FROM, text),
        server_version_num=int(server[2]) * 10000 + int(server[3] or 0) if server else 0,
        tool_version=_found(_BY, text),
        compression=_found(_COMPRESSION, text),
    )


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match["found"] if match else ""


@contextmanager
def restored_in_quarantine(
    environment: Environment, manifest: Manifest, job: Job
) -> Iterator[Target]:
    """Restore a dump of other origin on Vado's own server, as a role without any other right.

    Raises ToolFailed where that role could not carry it out (extensions that only a superuser may
    create are the usual reason). Database and role are dropped with the block.
    """
    server = shared_server(environment.state_folder)
    name, password = f"vado_quarantine_{secrets.token_hex(6)}", Secret(secrets.token_hex(16))
    role = {"name": Identifier(name)}
    with connect(server.target(), application_name="vado quarantine") as session:
        session.run(session.value(_QUERIES["quarantine_role"], name=name, word=password.reveal()))
        session.execute(_QUERIES["quarantine_database"], identifiers=role)
        try:
            target = replace(server.target(name), user=name, password=password)
            path = store_of(environment).file(manifest.id)
            with opened(environment, manifest, path) as archive:
                _load(archive, target, job)
            yield target
        finally:
            session.execute(_QUERIES["drop_database"], identifiers=role)
            session.execute(_QUERIES["drop_role"], identifiers=role)


def _load(archive: Archive, target: Target, job: Job) -> None:
    job.step("load")
    with password_file(target) as passwords:
        command = Command(
            argv=[
                newest_tools().pg_restore,
                "--dbname=",
                "--exit-on-error",
                "--no-owner",
                "--no-acl",
                "--no-password",
                *archive.arguments,
            ],
            env=connecting(target, passwords, f"vado {job.id}"),
            stdin=archive.stdin,
        )
        with running(command, job) as run:
            for _ in run.lines(0.5):
                job.check()
