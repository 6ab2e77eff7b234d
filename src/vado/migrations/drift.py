"""Drift: what the live schema has otherwise than the ledger implies, object by object.

The ledger implies what its migrations make of an empty database, in the order they were applied.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vado.environments import Environment
from vado.errors import DriftUnknown
from vado.migrations.files import migration_of
from vado.migrations.ledger import LedgerRow, read_ledger
from vado.migrations.propose import planned_up
from vado.migrations.replayed import Live, replayed_against
from vado.operations import Job
from vado.preview import PlannedMigration, Replay, read_patiently
from vado.schema import Catalogue, Change, fingerprint, render_ddl


@dataclass(frozen=True, slots=True)
class Drift:
    """The two schemas and what lies between them.

    `expected` is the fingerprint that the last run left, None when none is known. `changes` go
    from what the ledger implies to what is there; owners are not among them, and grants only
    where no baseline stands in the ledger, which has none.
    """

    rows: tuple[LedgerRow, ...]
    live: Catalogue
    found: Replay
    changes: tuple[Change, ...]
    expected: str | None

    @property
    def changed_since(self) -> bool | None:
        """Whether the schema changed since the last run of Vado; None when that is not known."""
        return None if self.expected is None else self.expected != fingerprint(self.live)

    @property
    def drifted(self) -> bool:
        """Whether the live schema is another than the ledger implies, in whatever way."""
        return bool(self.changes) or self.changed_since is True

    def to_json(self) -> dict[str, Any]:
        """Return the report."""
        implied = self.found.catalogue
        return {
            "drifted": self.drifted,
            "changed_since_last_run": self.changed_since,
            "expected": self.expected,
            "found": fingerprint(self.live),
            "migrations": len(self.rows),
            "changes": [change.to_json() for change in self.changes],
            "ddl": {
                "before": render_ddl(implied) if implied else "",
                "after": render_ddl(self.live),
            },
            "replay": {
                "place": self.found.place,
                "server_version": self.found.server_version,
                "duration_ms": self.found.duration_ms,
                "error": self.found.error,
                "limits": [
                    {"code": limit.code, "message": limit.message, "params": dict(limit.params)}
                    for limit in self.found.limits
                ],
            },
            "not_compared": [
                {"kind": kind, "count": count} for kind, count in self.live.not_compared
            ],
        }


def find_drift(environment: Environment, job: Job) -> Drift:
    """Replay the ledger on an empty database and compare what it makes with what is there.

    Raises DriftUnknown where the ledger is empty, or a migration is half done.
    """
    job.expect(2)
    job.step("read_catalogue")
    with environment.session(read_only=True) as session:
        rows = _implied(environment, read_ledger(session))
        live = read_patiently(session, job)
    job.step("replay")
    with job.inside_step():
        planned = [_planned(row) for row in rows]
        dumped = sum(row.state == "baseline" for row in rows)
        # A baseline holds no grants.
        against = Live(live, dumped=dumped, grants=not dumped)
        found, changes = replayed_against(environment, planned, against, job)
    return Drift(rows, live, found, changes, last_fingerprint(rows))


def implied_scripts(environment: Environment) -> tuple[PlannedMigration, ...]:
    """Return what stands in the ledger, in the order in which it was applied.

    Raises DriftUnknown as `find_drift` does.
    """
    with environment.session(read_only=True) as session:
        return tuple(_planned(row) for row in _implied(environment, read_ledger(session)))


def last_fingerprint(rows: Sequence[LedgerRow]) -> str | None:
    """Return the fingerprint that the last run left: not the highest version's after an undo."""
    known = [row for row in rows if row.fingerprint_after and row.finished_at]
    last = max(known, key=lambda row: (row.finished_at, row.number), default=None)
    return last.fingerprint_after if last else None


def _implied(environment: Environment, rows: Sequence[LedgerRow]) -> tuple[LedgerRow, ...]:
    """Return what stands, in the order in which it was applied."""
    half = next((row for row in rows if row.state == "partial"), None)
    if half is not None:
        raise DriftUnknown(
            f"{half.version}_{half.name} is half done, so no schema is implied",
            hint="Bring it to an end first: `vado status` shows the ways.",
        )
    standing = [row for row in rows if row.standing]
    if not standing:
        raise DriftUnknown(
            f"the ledger of {environment.target.dbname} is empty, so it implies no schema",
            hint="`vado baseline` begins on a database that has a schema already.",
        )
    return tuple(
        sorted(standing, key=lambda row: (row.state != "baseline", row.started_at, row.number))
    )


def _planned(row: LedgerRow) -> PlannedMigration:
    path = Path(f"{row.version}_{row.name}.sql")
    return replace(
        planned_up(migration_of(row.version, row.name, path, row.sql_text)), checksum=row.checksum
    )
