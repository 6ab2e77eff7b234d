"""The state of a database in one document, the same for every face."""

import logging
from collections.abc import Sequence
from typing import Any

from vado.application.vado import Vado
from vado.backups import Backup, list_backups
from vado.database import Inquiry, Question, Session, control_asked, gather, load_queries
from vado.environments import Environment
from vado.errors import BackupError, StatementFailed
from vado.migrations import (
    Entry,
    LedgerRow,
    Standing,
    compare,
    lock_asked,
    read_folder,
    rows_asked,
    with_evidence,
)
from vado.operations import consents_asked

_QUERIES = load_queries("vado.application")

log = logging.getLogger("vado.application")

FORMAT = 1


def status(vado: Vado, environment: Environment, *, drift: bool = False) -> dict[str, Any]:
    """Read folder, ledger and database and return the status document."""
    migrations = read_folder(environment.migrations_folder)
    with environment.session(read_only=True) as session:
        rows, figures, initialised, holder, agreed = gather(
            session, rows_asked(), _figures(), control_asked(), lock_asked(), consents_asked()
        )
        rows = with_evidence(session, rows)
        standing = compare(migrations, rows)
        found = _drift(session, rows) if drift else None
        partial = _half_done(session, standing)
    backups = _backups(environment)
    return {
        "format": FORMAT,
        "environment": environment.name,
        "class": environment.environment_class,
        "host": environment.target.host,
        "database": environment.target.dbname,
        "user": environment.target.user,
        **figures,
        "initialised": initialised,
        "lock": holder,
        "version": standing.version,
        "pending": _references(standing.of("pending")),
        "edited": _references(standing.of("edited")),
        "missing": _references(standing.of("missing")),
        "out_of_order": _references(standing.of("out_of_order")),
        "partial": partial[0] if partial else None,
        "half_done": partial,
        "consents": [consent.to_json() for consent in agreed],
        "applied_total": len([row for row in rows if row.standing]),
        "drift": found,
        "last_backup": _last_backup(backups),
        "last_operation": _last_operation(vado, environment),
    }


def _backups(environment: Environment) -> list[Backup]:
    """Return the backups; what is wrong with their folder is for those to hear who ask for them."""
    try:
        return list_backups(environment)
    except BackupError as error:
        log.warning("backups cannot be listed", extra={"error": error.message})
        return []


def _last_backup(backups: Sequence[Backup]) -> dict[str, Any] | None:
    """Return the newest that lasts: each apply notes a place in Neon's history, for some hours."""
    lasting = (backup for backup in backups if backup.kind != "neon_lsn")
    return next((backup.to_json() for backup in lasting), None)


def _half_done(session: Session, standing: Standing) -> list[dict[str, Any] | None]:
    """Tell what is half done; one whose undo has begun comes first, for it holds up the rest."""
    found = [entry for entry in standing.entries if entry.half_done]
    if not found:
        return []
    # Loaded here: it reads SQL, which is not what a status usually needs.
    from vado.application.half_done import half_done  # noqa: PLC0415

    found.sort(key=lambda entry: not entry.half_undone)
    return [half_done(session, entry) for entry in found]


def _references(entries: list[Entry]) -> list[dict[str, str]]:
    return [entry.reference for entry in entries]


def _figures() -> Inquiry[dict[str, Any]]:
    answers = yield [Question(_QUERIES["figures"])]
    return next(answers).row() or {}


def _drift(session: Session, rows: tuple[LedgerRow, ...]) -> dict[str, Any]:
    """Compare the schema with the fingerprint that the last run left."""
    # Loaded here: reading a schema is not what a status usually needs.
    from vado.migrations import last_fingerprint  # noqa: PLC0415
    from vado.preview import lock_not_available, shut_by  # noqa: PLC0415
    from vado.schema import fingerprint, read_catalogue  # noqa: PLC0415

    expected = last_fingerprint(rows)
    found, shut = None, None
    try:
        found = fingerprint(read_catalogue(session))
    except StatementFailed as error:
        if not lock_not_available(error):
            raise
        # A status does not wait: the rest of it is worth more.
        shut = shut_by(session) or {}
    return {
        "known": expected is not None and found is not None,
        "drifted": None not in {expected, found} and expected != found,
        "expected": expected,
        "found": found,
        "shut_by": shut,
    }


def _last_operation(vado: Vado, environment: Environment) -> dict[str, Any] | None:
    found = vado.jobs.page(environment=environment.name, limit=1).items
    return found[0] if found else None
