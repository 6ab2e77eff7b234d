"""Many statements in one round trip: libpq's pipeline, one message a statement, one sync.

The driver's own pipeline hands each statement to the network by itself and makes a cursor for it;
for thousands of small statements that costs more than the server's work.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import generators
from psycopg.abc import PQGen
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")


@dataclass(frozen=True, slots=True)
class Step:
    """One statement: Vado's own with bound values by `%(name)s`, or the user's as written."""

    text: str
    values: Mapping[str, str | int | None] | None = None

    def wire(self) -> tuple[bytes, list[bytes | None] | None]:
        """Return the statement as the server reads it, and its values as texts."""
        if self.values is None:
            return self.text.encode(), None
        known = self.values
        names: list[str] = []

        def numbered(match: re.Match[str]) -> str:
            if match[1] is None:
                return "%"
            if match[1] not in names:
                names.append(match[1])
            return f"${names.index(match[1]) + 1}"

        text = _PLACEHOLDER.sub(numbered, self.text)
        return text.encode(), [_as_text(known[name]) for name in names]


def _as_text(value: str | int | None) -> bytes | None:
    return None if value is None else str(value).encode()


class StepFailed(Exception):
    """The server refused a step: its number, and the driver's error."""

    def __init__(self, step: int, error: psycopg.Error) -> None:
        super().__init__(str(error))
        self.step = step
        self.error = error


def send_batch(connection: psycopg.Connection[Any], steps: Sequence[Step]) -> None:
    """Send the steps and read their results; StepFailed at the first that failed.

    What follows a failed step is not run. A transaction left open by it is rolled back.
    """
    pgconn = connection.pgconn
    with connection.lock:
        pgconn.enter_pipeline_mode()
        try:
            for step in steps:
                pgconn.send_query_params(*step.wire())
            pgconn.pipeline_sync()
            results = connection.wait(_results(pgconn, len(steps)))
        finally:
            with suppress(psycopg.Error):  # a connection that broke has no mode to leave
                pgconn.exit_pipeline_mode()
    failed = next((i for i, r in enumerate(results) if r.status == ExecStatus.FATAL_ERROR), None)
    if failed is None:
        return
    if pgconn.transaction_status == TransactionStatus.INERROR:
        with suppress(psycopg.Error):
            connection.rollback()
    encoding = connection.info.encoding
    raise StepFailed(failed, psycopg.errors.error_from_result(results[failed], encoding))


def _results(pgconn: PGconn, count: int) -> PQGen[list[PGresult]]:
    """Flush what was queued, and take one result for each step and the sync after them."""
    yield from generators.send(pgconn)
    found: list[PGresult] = []
    for _ in range(count):
        found.extend((yield from generators.fetch_many(pgconn))[:1])
    yield from generators.fetch_many(pgconn)
    return found
