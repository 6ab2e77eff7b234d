"""Reading the catalogue while somebody holds a table shut: short tries, and who it is."""

from typing import Any

from vado.database import Session, load_queries
from vado.errors import StatementFailed
from vado.logging import redact
from vado.operations import LOCKS_S, Job, Patience
from vado.schema import Catalogue, read_catalogue

_QUERIES = load_queries("vado.preview")
_LOCK_NOT_AVAILABLE = "55P03"
_TOLD = ("blocked_by", "blocker", "blocker_query", "queue", "tries", "seconds_left")


def read_patiently(session: Session, job: Job, budget_s: float = LOCKS_S) -> Catalogue:
    """Read the catalogue, and again while another session holds what that needs, for *budget_s*.

    PostgreSQL prints a view or a default only with a lock on its table. Raises StatementFailed
    when the time is over, Cancelled when the user gives up.
    """
    patience = Patience(job, budget_s)
    with job.on_cancel(session.cancel):
        while True:
            try:
                catalogue = read_catalogue(session)
            except StatementFailed as error:
                if lock_not_available(error):
                    _tell_holder(session, job)
                patience.after(error)
            else:
                job.note(**dict.fromkeys(_TOLD))
                return catalogue


def lock_not_available(error: StatementFailed) -> bool:
    """Say whether a statement failed because another session holds a lock for too long."""
    return error.details.get("sqlstate") == _LOCK_NOT_AVAILABLE


def shut_by(session: Session) -> dict[str, Any] | None:
    """Return who holds a table shut (pid, user, host, application, query, name, queue), if seen."""
    row = session.row(_QUERIES["shut_by"])
    return None if row is None else {**row, "query": redact(row["query"])}


def _tell_holder(session: Session, job: Job) -> None:
    row = shut_by(session)
    if row is None:
        return
    query = row["query"]
    job.note(
        blocked_by=row["pid"],
        blocker=f"{row['user']}@{row['host']}",
        blocker_query=query,
        queue=row["queue"],
    )
    job.log(
        f"process {row['pid']} of {row['user']}@{row['host']} ({row['application']}) holds "
        f"{row['name']} shut: {query}; {row['queue']} queue behind",
        "waiting",
        blocked_by=row["pid"],
        blocker=f"{row['user']}@{row['host']}",
        blocker_query=query,
        queue=row["queue"],
    )
