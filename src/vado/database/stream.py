"""Batches sent ahead of their answers, so that neither side waits for the other.

All go through one pipeline with a single sync at its end. After an error the server passes over
every message up to the next sync: nothing behind a failed step is run, neither the rest of its
batch nor any batch after it, although they may have been sent.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import generators
from psycopg.abc import PQGen
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult
from psycopg.waiting import Ready, Wait

from vado.database.batch import Step, StepFailed

# An answer is asked for behind so many batches: fewer where each takes its time, so that it is
# known where the server is, and little is under way when this process is killed.
_MOST_BATCHES = 16
_MOST_CHUNKS = 2
_QUICK_S = 0.02
_SLOW_S = 0.1
# What is not larger fits into the buffers of the network, and does not stay half sent.
_MOST_BYTES = 128_000

Batch = Sequence[Step]


def send_ahead(
    connection: psycopg.Connection[Any], batches: Iterator[Batch], landed: Callable[[], None]
) -> None:
    """Send *batches*, each of which ends the transaction it begins; StepFailed at the first fault.

    *landed* is called for each batch in turn when all of it is answered. What it raises, or the
    iterator, is raised when the answers to all that was sent before have been heard.
    """
    pgconn = connection.pgconn
    stream = _Stream(connection, batches, landed)
    with connection.lock:
        pgconn.enter_pipeline_mode()
        try:
            connection.wait(stream.run())
        finally:
            with suppress(psycopg.Error):  # a connection that broke has no mode to leave
                pgconn.exit_pipeline_mode()
    if pgconn.transaction_status == TransactionStatus.INERROR:
        with suppress(psycopg.Error):
            connection.rollback()
    if stream.failure is not None:
        raise stream.failure


@dataclass(slots=True)
class _Chunk:
    """Batches behind which an answer was asked for."""

    size: int
    left: int
    sent_at: float


class _Stream:
    def __init__(
        self,
        connection: psycopg.Connection[Any],
        batches: Iterator[Batch],
        landed: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._pgconn = connection.pgconn
        self._batches = batches
        self._landed = landed
        self._failed: StepFailed | None = None
        self._stopped: Exception | None = None
        self._sending = True
        self._synced = False
        self._under_way: deque[tuple[int, int]] = deque()  # steps and bytes of each batch
        self._answered = 0  # steps of the first of them
        self._bytes = 0
        self._chunks: deque[_Chunk] = deque()
        self._size = 1
        self._heard_at = 0.0

    @property
    def failure(self) -> Exception | None:
        """What ended it too early."""
        return self._failed or self._stopped

    def run(self) -> PQGen[None]:
        """Send and hear in turn, as the network allows, until all is answered."""
        self._fill()
        while self._under_way:
            yield from self._exchange()
            self._fill()
        yield from generators.send(self._pgconn)
        yield from generators.fetch_many(self._pgconn)

    def _fill(self) -> None:
        """Queue the next batches, unless enough are under way; the sync after the last."""
        while self._sending and len(self._chunks) < _MOST_CHUNKS and self._bytes < _MOST_BYTES:
            self._queue_chunk()
        if not self._sending and not self._synced:
            self._synced = True
            self._pgconn.pipeline_sync()

    def _queue_chunk(self) -> None:
        size = 0
        while size < self._size and self._bytes < _MOST_BYTES and self._queue_next():
            size += 1
        if size:
            self._chunks.append(_Chunk(size, size, time.monotonic()))
            self._pgconn.send_flush_request()

    def _queue_next(self) -> bool:
        try:
            batch = next(self._batches, None)
        except Exception as error:  # noqa: BLE001 (raised when all that was sent is answered)
            self._stop(error)
            return False
        if batch is None:
            self._sending = False
            return False
        size = 0
        for step in batch:
            text, values = step.wire()
            self._pgconn.send_query_params(text, values)
            size += len(text) + sum(len(value) for value in values or () if value)
        self._under_way.append((len(batch), size))
        self._bytes += size
        return True

    def _stop(self, error: Exception) -> None:
        self._sending = False
        self._stopped = self._stopped or error

    def _exchange(self) -> PQGen[None]:
        """Hand to the network what it takes, and hear what has come."""
        unsent = self._pgconn.flush()
        ready = yield Wait.RW if unsent else Wait.R
        if not ready & Ready.R:
            return
        self._pgconn.consume_input()
        while self._under_way and not self._pgconn.is_busy():
            self._take((yield from generators.fetch_many(self._pgconn))[0])

    def _take(self, result: PGresult) -> None:
        if result.status == ExecStatus.FATAL_ERROR and self._failed is None:
            encoding = self._connection.info.encoding
            error = psycopg.errors.error_from_result(result, encoding)
            self._failed = StepFailed(self._answered, error)
            self._sending = False
        self._answered += 1
        steps, size = self._under_way[0]
        if self._answered == steps:
            self._answered = 0
            self._bytes -= size
            self._under_way.popleft()
            self._land()

    def _land(self) -> None:
        chunk = self._chunks[0]
        chunk.left -= 1
        if not chunk.left:
            self._chunks.popleft()
            self._adapt(chunk)
        if self._failed is None:
            try:
                self._landed()
            except Exception as error:  # noqa: BLE001 (raised when all that was sent is answered)
                self._stop(error)

    def _adapt(self, chunk: _Chunk) -> None:
        """Go further ahead of a server that is quick, and less far of one that is not."""
        now = time.monotonic()
        # Of the first one, the way there and back is counted too.
        each_s = (now - max(self._heard_at, chunk.sent_at)) / chunk.size
        self._heard_at = now
        if each_s < _QUICK_S:
            self._size = min(self._size * 2, _MOST_BATCHES)
        elif each_s > _SLOW_S:
            self._size = max(self._size // 2, 1)
