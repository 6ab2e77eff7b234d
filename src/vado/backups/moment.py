"""What is true of a database in one exported snapshot, of which the dump is then made."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from vado.backups.manifest import Manifest
from vado.database import (
    Inquiry,
    Question,
    Row,
    Session,
    ask,
    gather,
    ledger_asked,
    load_queries,
)
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
        _, stay = session.answers(
            Question(_QUERIES["snapshot_isolation"]),
            Question(_QUERIES["stay_in_snapshot"], {"lock_wait": f"{LOCK_WAIT_MS}ms"}),
        )
        # First what was written, which no snapshot holds still: better too early than too late.
        (writes, since), ledger, names, figures, expected = gather(
            session, writes_asked(), _ledger(), _roles(), _figures(), _expected()
        )
        catalogue = read_catalogue(session)
        found = stay.row() or {}
        database_bytes, hidden = figures
        manifest = replace(
            draft,
            fingerprint=fingerprint(catalogue),
            ledger_version=ledger,
            owners=names[0],
            grantees=names[1],
            writes=writes,
            statistics_since=since,
            database_bytes=database_bytes,
            left_out=_left_out(hidden, job),
        )
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
    return ask(session, writes_asked())


def writes_asked() -> Inquiry[tuple[dict[str, int], str | None]]:
    """Find out what `read_writes` returns."""
    answers = yield Question(_QUERIES["writes"]), Question(_QUERIES["statistics_since"])
    writes = {row["name"]: row["writes"] for row in next(answers).rows()}
    return writes, next(answers).value()


def _ledger() -> Inquiry[str | None]:
    if not (yield from ledger_asked()):
        return None
    answers = yield [Question(_QUERIES["ledger_version"])]
    version: str | None = next(answers).value()
    return version


def _roles() -> Inquiry[list[tuple[str, ...]]]:
    answers = yield Question(_QUERIES["owners"]), Question(_QUERIES["grantees"])
    return [tuple(row["name"] for row in answer.rows()) for answer in answers]


def _figures() -> Inquiry[tuple[int, int]]:
    answers = yield Question(_QUERIES["database_bytes"]), Question(_QUERIES["hidden_large_objects"])
    return next(answers).value(), next(answers).value()


def _expected() -> Inquiry[list[Row]]:
    answers = yield [Question(_QUERIES["expected_rows"])]
    return next(answers).rows()


def _left_out(hidden: int, job: Job) -> tuple[str, ...]:
    if not hidden:
        return ()
    job.log(
        f"no large object is in this backup: {hidden} of them belong to others and cannot be read",
        "large_objects_left_out",
        count=hidden,
    )
    return ("large_objects",)
