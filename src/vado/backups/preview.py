"""What a restore would bring back and what it would lose, before anything is done."""

import re
from dataclasses import asdict, dataclass, field
from typing import Any, get_args

from vado.backups.difference import TableDifference, read_differences
from vado.backups.manifest import Manifest
from vado.backups.model import RestoreMode
from vado.backups.permission import check_mode, check_rights, is_elsewhere
from vado.backups.script import Rows, opened_script, read_rows
from vado.backups.shape import shapes
from vado.backups.stores import store_of
from vado.backups.verify import verify_backup, whole_file
from vado.database import Session, connect, ledger_exists, load_queries
from vado.environments import Environment
from vado.errors import VadoError
from vado.operations import Job
from vado.schema import Change, diff_databases, plain_parts, read_catalogue, render_ddl

_QUERIES = {
    **load_queries("vado.backups"),
    **load_queries("vado.backups", "in_place.sql"),
    **load_queries("vado.backups", "preview.sql"),
}
_LEDGER = ("vado", "migration")
_IN_FORCE = frozenset({"applied", "baseline", "partial"})
_BY_DUMP = tuple(mode for mode in get_args(RestoreMode) if mode != "neon")
_VERSION = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class ModeOffer:
    """One way to restore; `reason` says why it is not possible.

    `code` names the reason for those who say it in another language, with `params`.
    """

    mode: RestoreMode
    possible: bool
    reason: str | None
    code: str | None = None
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RestorePreview:
    """What a restore would change: `changes` lead from the schema now to the schema then.

    `structure_known` is false where the schema then could not be had; a note says why.
    """

    backup_id: str
    changes: tuple[Change, ...]
    ddl: dict[str, str]
    tables: tuple[TableDifference, ...]
    migrations_gone: tuple[str, ...]
    migrations_back: tuple[str, ...]
    modes: tuple[ModeOffer, ...]
    notes: tuple[dict[str, Any], ...]
    structure_known: bool = True

    def to_json(self) -> dict[str, Any]:
        """Return it as the API and `--json` show it."""
        known = {name: getattr(self, name) for name in self.__dataclass_fields__}
        known["changes"] = [change.to_json() for change in self.changes]
        known["tables"] = [asdict(table) for table in self.tables]
        known["modes"] = [asdict(mode) for mode in self.modes]
        for name in ("migrations_gone", "migrations_back", "notes"):
            known[name] = list(known[name])
        return known


@dataclass
class _Notes:
    found: list[dict[str, Any]] = field(default_factory=list)

    def add(self, code: str, message: str, **params: str | int) -> None:
        self.found.append({"code": code, "message": message, "params": params})


def preview_restore(environment: Environment, backup_id: str, job: Job) -> RestorePreview:
    """Compare the database with a backup of it; the database is only read.

    Where the schema has changed since, the backup's is made in a scratch database beside it, or on
    Vado's own server where none may be made there.
    Raises NotFound, Refused for a backup without a file, and BackupDamaged.
    """
    manifest = store_of(environment).read(backup_id)
    check_mode(environment, manifest, "tables")
    with whole_file(environment, manifest, job):
        if manifest.tables is None:
            verify_backup(environment, backup_id, job)
            manifest = store_of(environment).read(backup_id)
        notes = _Notes()
        with (
            connect(environment.target, application_name="vado preview", read_only=True) as session,
            job.on_cancel(session.cancel),
        ):
            job.step("read_catalogue")
            now = read_catalogue(session)
            job.step("count_rows")
            tables = read_differences(session, manifest, job)
            applied = _applied_now(session)
            _note_all(session, manifest, tables, notes)
        now, then = shapes(environment, manifest, now, job, notes.add)
        was_applied = _applied_then(environment, manifest, job)
    if is_elsewhere(environment, manifest):
        notes.add("another_server", "the backup was taken on another server that had this address")
    return RestorePreview(
        backup_id,
        () if then is None or then is now else diff_databases(now, then),
        {"before": render_ddl(now), "after": "" if then is None else render_ddl(then)},
        tables,
        tuple(version for version in applied if version not in was_applied),
        tuple(version for version in was_applied if version not in applied),
        tuple(_offer(environment, manifest, mode) for mode in _BY_DUMP),
        tuple(notes.found),
        then is not None,
    )


def _offer(environment: Environment, manifest: Manifest, mode: RestoreMode) -> ModeOffer:
    try:
        check_mode(environment, manifest, mode)
        check_rights(environment, manifest, mode)
    except VadoError as error:
        params = {key: _text(value) for key, value in error.details.items() if value is not None}
        code = params.pop("reason", error.code)
        return ModeOffer(mode, possible=False, reason=error.message, code=code, params=params)
    return ModeOffer(mode, possible=True, reason=None)


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _note_all(
    session: Session, manifest: Manifest, tables: tuple[TableDifference, ...], notes: _Notes
) -> None:
    if estimated := sum(not table.exact for table in tables):
        notes.add(
            "rows_estimated",
            f"{estimated} tables were too large to be counted; their rows are estimates",
            count=estimated,
        )
    if all(table.writes_since is None for table in tables if table.rows_then is not None):
        notes.add(
            "writes_unknown",
            "what was written since is not known: the server's statistics began anew",
        )
    if others := session.value(_QUERIES["other_sessions"]):
        notes.add("sessions", f"{others} other sessions use the database now", count=others)
    if manifest.left_out:
        notes.add("large_objects_left_out", "the backup holds no large objects")
    if 2 * session.value(_QUERIES["relations"]) > session.value(_QUERIES["lock_room"]):
        notes.add(
            "many_relations",
            "a restore in place may need more locks than the server has; raise "
            "max_locks_per_transaction first",
        )


def _applied_now(session: Session) -> tuple[str, ...]:
    if not ledger_exists(session):
        return ()
    return tuple(row["version"] for row in session.rows(_QUERIES["applied"]))


def _applied_then(environment: Environment, manifest: Manifest, job: Job) -> tuple[str, ...]:
    """Read the ledger out of the backup."""
    if not any(plain_parts(name) == _LEDGER for name in manifest.tables or {}):
        return ()
    found: list[str] = []
    arguments = ("--section=data", "--schema=vado", "--table=migration")
    with opened_script(environment, manifest, job, *arguments) as output:
        for piece in read_rows(output):
            if isinstance(piece, Rows):
                rows = b"".join(piece.pieces).decode(errors="replace")
                names = [each.strip() for each in piece.columns.decode().split(",")]
                version, state = names.index("version"), names.index("state")
                # Not splitlines: the text of a migration may hold what Python takes for an end.
                for line in rows.split("\n"):
                    values = line.split("\t")
                    if len(values) > state and values[state] in _IN_FORCE:
                        found.append(values[version])
    return tuple(sorted(filter(_VERSION.fullmatch, found), key=int))
