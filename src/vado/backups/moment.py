"""What is true of a database in one exported snapshot, of which the dump is then made."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from vado.backups.manifest import Manifest
from vado.database import Session, ledger_exists, load_queries
from vado.errors import BackupError, StatementFailed
from vado.operations import Job, observed
from vado.schema import fingerprint, read_catalogue

_QUERIES = load_queries("vado.backups")
# As long as pg_dump then waits for its own locks.
LOCK_WAIT_MS = 60_000
_LOCK_NOT_AVAILABLE = "55P03"
_SILENCE_S = 30.0


@dataclass(frozen=True, slots=True)
class Moment:
    """An exported snapshot and what the dump of it will hold.

    `rows` and `sizes` (bytes, with what is stored out of line) are the planner's estimates.
    """

    snapshot: str
    manifest: Manifest
    rows: Mapping[str, int]
    sizes: Mapping[str, int]


def read_moment(session: Session, draft: Manifest, job: Job) -> Moment:
    """Export a snapshot of the open transaction and read, in it, what the manifest tells."""
    job.step("read_catalogue")
    with job.on_cancel(session.cancel), observed(session, job, _SILENCE_S), _patience():
        session.execute(_QUERIES["snapshot_isolation"])
        found = session.row(_QUERIES["stay_in_snapshot"], lock_wait=f"{LOCK_WAIT_MS}ms") or {}
        writes, since = read_writes(session)
        catalogue = read_catalogue(session)
        ledger = session.value(_QUERIES["ledger_version"]) if ledger_exists(session) else None
        manifest = replace(
            draft,
            fingerprint=fingerprint(catalogue),
            ledger_version=ledger,
            owners=tuple(row["name"] for row in session.rows(_QUERIES["owners"])),
            grantees=tuple(row["name"] for row in session.rows(_QUERIES["grantees"])),
            writes=writes,
            statistics_since=since,
            database_bytes=session.value(_QUERIES["database_bytes"]),
            left_out=_left_out(session, job),
        )
        expected = session.rows(_QUERIES["expected_rows"])
        return Moment(
            found["snapshot"],
            manifest,
            {row["name"]: row["rows"] for row in expected},
            {row["name"]: row["bytes"] for row in expected},
        )


@contextmanager
def _patience() -> Iterator[None]:
    """Say so where somebody held a table shut: a view is printed with its tables locked."""
    try:
        yield
    except StatementFailed as error:
        if error.details.get("sqlstate") != _LOCK_NOT_AVAILABLE:
            raise
        raise BackupError(
            f"another session held a table locked for {LOCK_WAIT_MS // 1000} s",
            hint="Try again when it has ended. The database was only read.",
            details={"reason": "locked", "seconds": LOCK_WAIT_MS // 1000},
        ) from error


def read_writes(session: Session) -> tuple[dict[str, int], str | None]:
    """Return the rows written to each table so far by its quoted name, and since when they count.

    Two such counts can be compared when their second parts are equal; otherwise the server began
    to count anew between them.
    """
    writes = {row["name"]: row["writes"] for row in session.rows(_QUERIES["writes"])}
    return writes, session.value(_QUERIES["statistics_since"])


def _left_out(session: Session, job: Job) -> tuple[str, ...]:
    hidden: int = session.value(_QUERIES["hidden_large_objects"])
    if not hidden:
        return ()
    job.log(
        f"no large object is in this backup: {hidden} of them belong to others and cannot be read",
        "large_objects_left_out",
        count=hidden,
    )
    return ("large_objects",)
