"""Rows of each table now and then, and what was written in between."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from vado.backups.manifest import Manifest
from vado.backups.moment import read_writes
from vado.database import Identifier, Row, Session, load_queries
from vado.errors import Cancelled, StatementFailed
from vado.operations import Job
from vado.schema import plain_parts

_QUERIES = {
    **load_queries("vado.backups"),
    **load_queries("vado.backups", "preview.sql"),
}
_COUNTED_WITHIN_S = 10.0
_LEAST_S = 0.05
_LEDGER = "vado"

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableDifference:
    """One table now and in the backup; None where it is not there, or not known.

    `exact` tells whether `rows_now` was counted or is the server's estimate; `writes_since` are
    rows inserted, updated and deleted since the backup, by the server's statistics.
    """

    name: str
    rows_now: int | None
    rows_then: int | None
    exact: bool
    writes_since: int | None


def read_differences(session: Session, manifest: Manifest, job: Job) -> tuple[TableDifference, ...]:
    """Count the rows of all tables within some seconds, and estimate those of the rest."""
    then = {plain_parts(name): (name, rows) for name, rows in (manifest.tables or {}).items()}
    now: dict[Name, Row] = {
        (row["schema"], row["name"]): row for row in session.rows(_QUERIES["tables_now"])
    }
    writes = _writes_since(session, manifest)
    counted = _counted(session, now, job)
    found = []
    for key in sorted({*then, *now}):
        if key[0] == _LEDGER:
            continue  # what becomes of the ledger is told by migrations
        name, rows_then = then.get(key, (now[key]["quoted"] if key in now else "", None))
        rows_now = counted.get(key, now[key]["estimate"] if key in now else None)
        exact = key in counted or key not in now
        found.append(TableDifference(name, rows_now, rows_then, exact, writes.get(key)))
    return tuple(found)


def _counted(session: Session, tables: Mapping[Name, Row], job: Job) -> dict[Name, int]:
    found: dict[Name, int] = {}
    session.execute(_QUERIES["see_all_rows"])
    deadline = time.monotonic() + _COUNTED_WITHIN_S
    for done, key in enumerate(tables):
        left_s = deadline - time.monotonic()
        if left_s < _LEAST_S:
            break
        session.value(_QUERIES["time_limit"], limit=f"{int(left_s * 1000)}ms")
        try:
            identifiers = {"table": Identifier(*key)}
            found[key] = session.value(_QUERIES["count_own_rows"], identifiers=identifiers)
        except Cancelled:
            raise
        except StatementFailed:
            continue  # it took too long, or this role may not read it
        job.progress(done + 1, len(tables), "tables")
    session.value(_QUERIES["time_limit"], limit="0")
    return found


def _writes_since(session: Session, manifest: Manifest) -> dict[Name, int]:
    """Return what was written to each table since; nothing when the server began anew to count."""
    if manifest.writes is None:
        return {}
    now, since = read_writes(session)
    if since is None or since != manifest.statistics_since:
        return {}
    before = {plain_parts(name): number for name, number in manifest.writes.items()}
    found = {plain_parts(name): number for name, number in now.items()}
    # One that was dropped and made again counts from nothing.
    return {
        key: number - before.get(key, 0)
        for key, number in found.items()
        if number >= before.get(key, 0)
    }
