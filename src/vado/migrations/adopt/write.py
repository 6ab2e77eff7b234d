"""Writing an adoption down: the files, then every row of the ledger in one transaction."""

import hashlib
import json
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from vado import __version__
from vado.database import Session
from vado.errors import StateUnavailable
from vado.migrations.adopt.layout import Adopted
from vado.migrations.adopt.tables import QUERIES
from vado.migrations.files import CHECKSUM_ALGORITHM
from vado.operations import os_user


@contextmanager
def written_files(migrations: Sequence[Adopted]) -> Iterator[list[str]]:
    """Write the files that are not there yet; they go again when the block fails."""
    made: list[Path] = []
    try:
        for item in migrations:
            path = item.migration.path
            if not path.exists():
                _write(path, item.migration.text)
                made.append(path)
        yield [path.name for path in made]
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError as error:
        raise StateUnavailable(
            f"cannot write {path}: {error.strerror}", hint="Check its permissions."
        ) from error


def record(session: Session, tool: str, migrations: Sequence[Adopted], run: tuple[str, str]) -> int:
    """Write a row for each applied migration; *run* is the operation's id and the fingerprint."""
    operation_id, fingerprint = run
    digest = _digest(tool, migrations)
    newest = max((item.migration.number for item in migrations), default=None)
    with session.transaction():
        for item in migrations:
            last = item.migration.number == newest
            session.execute(
                QUERIES["adopted"],
                **_values(tool, item),
                operation_id=operation_id,
                plan_digest=digest,
                fingerprint_after=fingerprint if last else None,
            )
    return len(migrations)


def _digest(tool: str, migrations: Sequence[Adopted]) -> str:
    told = [[i.migration.version, i.migration.checksum, i.foreign.key] for i in migrations]
    return hashlib.sha256(json.dumps(["adopt", 1, tool, told]).encode()).hexdigest()


def _values(tool: str, item: Adopted) -> dict[str, Any]:
    migration = item.migration
    return {
        "version": migration.version,
        "name": migration.name,
        "checksum": migration.checksum,
        "algorithm": CHECKSUM_ALGORITHM,
        "sql_text": migration.text,
        "down_text": migration.down.strip() if migration.down else None,
        "total": len(migration.script.statements),
        "applied_at": item.entry.applied_at if item.entry else None,
        "os_user": os_user(),
        "host": socket.gethostname(),
        "tool_version": __version__,
        "origin": json.dumps(_origin(tool, item), default=str),
    }


def _origin(tool: str, item: Adopted) -> dict[str, Any]:
    """Return what the other tool's ledger says, kept as it was."""
    entry = item.entry
    return {
        "tool": tool,
        "version": item.foreign.key,
        "checksum": entry.checksum if entry else None,
        "applied_at": entry.applied_at.isoformat() if entry and entry.applied_at else None,
        "file": item.source,
        **(entry.kept if entry else {}),
    }
