"""What is known of a backup, written beside its file so that it outlives every table."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cache
from typing import Any, NoReturn, get_type_hints

from vado.backups.model import Backup, BackupState, Kind, Reason
from vado.backups.well_formed import is_moment, is_of
from vado.errors import BackupError

FORMAT = 1
_OWN_SCHEMA = "vado."


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything about one backup.

    `tables` holds the rows of each table, as counted in the file, under the table's quoted name.
    `owners` and `grantees` are the roles that a server needs before it can take the backup.
    `writes`: rows inserted, updated and deleted in each table by the server's statistics at that
    moment. Two of the same `statistics_since` were counted from the same start on, so that their
    difference is what was written between. `database_bytes` is the size of the database with its
    indexes. `neon`: the ids of what Neon keeps.
    """

    id: str
    state: BackupState
    reason: Reason
    environment: str
    host: str
    port: int
    database: str
    identity: str
    created_at: str
    server_version: str
    server_version_num: int
    tool_version: str
    compression: str
    operation_id: str
    actor: str
    label: str | None = None
    pinned: bool = False
    plan_id: str | None = None
    fingerprint: str | None = None
    ledger_version: str | None = None
    owners: tuple[str, ...] = ()
    grantees: tuple[str, ...] = ()
    finished_at: str | None = None
    size_bytes: int | None = None
    sha256: str | None = None
    tables: Mapping[str, int] | None = None
    verified_at: str | None = None
    proven_at: str | None = None
    error: Mapping[str, Any] | None = field(default=None)
    kind: Kind = "dump"
    store: str = "local"
    encrypted: bool = False
    quarantined: bool = False
    expires_at: str | None = None
    neon: Mapping[str, Any] | None = None
    writes: Mapping[str, int] | None = None
    statistics_since: str | None = None
    database_bytes: int | None = None
    left_out: tuple[str, ...] = ()

    def failed(self, error: Mapping[str, Any], at: str) -> "Manifest":
        """Return the manifest of the same backup, of which nothing can be used."""
        return replace(self, state="failed", error=error, finished_at=self.finished_at or at)

    def interrupted(self, error: Mapping[str, Any], at: str) -> "Manifest":
        """Return the manifest of the same backup, whose maker died.

        What Neon was asked for may be there all the same; that is found out when it is asked.
        """
        return self.failed(error, at) if self.kind == "dump" else replace(self, state="unknown")

    def backup(self, *, available: bool) -> Backup:
        """Return what others see."""
        users = None if self.tables is None else self._users_tables(self.tables)
        known: dict[str, Any] = {
            item.name: getattr(self, item.name, None) for item in fields(Backup)
        }
        known["tables"] = None if users is None else len(users)
        known["rows"] = None if users is None else sum(users.values())
        known["available"] = available
        return Backup(**known)

    @staticmethod
    def _users_tables(tables: Mapping[str, int]) -> dict[str, int]:
        return {name: rows for name, rows in tables.items() if not name.startswith(_OWN_SCHEMA)}

    def to_text(self) -> str:
        """Return the file's text."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1) + "\n"

    @classmethod
    def from_text(cls, text: str, of: str | None = None) -> "Manifest":
        """Read what `to_text` wrote; BackupError when it is something else, or not that *of* an id.

        Whatever is read, every value is of its kind: who lists backups need not look again.
        """
        try:
            found = json.loads(text, parse_constant=_no_number)
            if found["format"] != FORMAT:
                raise BackupError(
                    f"the manifest has format {found['format']}, this Vado reads {FORMAT}",
                    hint="Use the version of Vado that wrote it, or a newer one.",
                    details={"reason": "manifest_format"},
                )
            manifest = cls(**_fields_of(found))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise _unreadable("") from error
        if of is not None and manifest.id != of:
            raise _unreadable(": it is of another backup")
        return manifest


def _fields_of(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a manifest is made of; ValueError for a value of another kind."""
    known = {name: found[name] for name in _kinds() if name in found}
    for name, value in known.items():
        moment = name.endswith("_at") and value is not None
        if not is_of(_kinds()[name], value) or (moment and not is_moment(value)):
            raise ValueError(name)
    if known.get("error") is not None and not {"code", "message"} <= known["error"].keys():
        raise ValueError("error")
    lists = {name: tuple(value) for name, value in known.items() if isinstance(value, list)}
    return known | lists


@cache
def _kinds() -> Mapping[str, Any]:
    return get_type_hints(Manifest)


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _unreadable(why: str) -> BackupError:
    return BackupError(
        f"the manifest of a backup cannot be read{why}",
        hint="`vado backup adopt` looks for another copy of it.",
        details={"reason": "manifest_unreadable"},
    )
