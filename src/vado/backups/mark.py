"""The mark of a database that a restore replaced and kept: its comment.

It is written in the transaction that renames it. A setting would be out of the way, but only a
superuser may write one that the server does not know.
"""

import json
from dataclasses import asdict, dataclass

from vado.database import Session, load_queries

_QUERIES = load_queries("vado.backups", "previous.sql")
BEGINS = "Vado keeps this database as it was before a restore. "


@dataclass(frozen=True, slots=True)
class Mark:
    """Which database it was, when it was replaced, and by what."""

    of: str
    at: str
    backup_id: str | None
    operation_id: str | None


def write_mark(server: Session, database: str, mark: Mark) -> None:
    """Write the mark."""
    text = BEGINS + json.dumps(asdict(mark))
    server.run(server.value(_QUERIES["mark_statement"], name=database, text=text))


def read_mark(text: str) -> Mark | None:
    """Read what `write_mark` wrote; None when it is something else."""
    try:
        return Mark(**json.loads(text.removeprefix(BEGINS)))
    except (ValueError, TypeError):
        return None
