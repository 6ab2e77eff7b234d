"""Many questions in one round trip: all are sent at once, their answers are taken one by one.

A server that is 100 ms away answers seventy questions in seven seconds when each waits for the one
before. Sent together (a pipeline with a single sync at its end) they take what one takes, and the
server works on the next answer while this one is read. What has been taken is given back before
the next comes, so that memory holds the rows of one answer, not of all.

After an error the server passes over the rest: the error is raised at the answer it belongs to.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, LiteralString, TypeVar

import psycopg
from psycopg import generators
from psycopg.abc import PQGen
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult
from psycopg.waiting import Ready, Wait

from vado.database.batch import numbered
from vado.database.placeholders import Placeholders, composed

Row = dict[str, Any]
Made = TypeVar("Made")

# So many rows at a time become Python's.
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Question:
    """One of Vado's own queries, with what is bound to its `%(name)s` and `{placeholders}`."""

    query: LiteralString
    values: Mapping[str, object] = field(default_factory=dict)
    identifiers: Placeholders | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the questions of one moment."""

    begin: tuple[Question, ...]
    end: tuple[Question, ...]


ALONE = Frame(
    (Question("begin isolation level repeatable read, read only"),), (Question("rollback"),)
)
WITHIN = Frame(
    (Question("savepoint vado_moment"),),
    # What was set behind the savepoint is then as it was before it.
    (Question("rollback to savepoint vado_moment"), Question("release savepoint vado_moment")),
)


class Answer:
    """What the server answered to one question; it can be read once."""

    def __init__(self, connection: psycopg.Connection[Any], result: PGresult) -> None:
        self._reader = Transformer(connection)
        self._reader.set_pgresult(result)
        self._total = result.ntuples
        encoding = connection.info.encoding
        self.columns = tuple(
            (result.fname(number) or b"").decode(encoding) for number in range(result.nfields)
        )

    def rows(self) -> list[Row]:
        """Return all rows."""
        columns = self.columns
        return list(self._read(lambda values: dict(zip(columns, values, strict=True))))

    def row(self) -> Row | None:
        """Return the first row, if any."""
        return next(iter(self.rows()), None)

    def value(self) -> Any:  # noqa: ANN401 (whatever the column holds)
        """Return the first column of the first row; None without a row."""
        row = self.row()
        return None if row is None else next(iter(row.values()))

    def tuples(self) -> Iterator[tuple[Any, ...]]:
        """Yield the rows as tuples: for tens of thousands, of which dictionaries take long."""
        return self._read(tuple)

    def _read(self, make: Callable[[Sequence[Any]], Made]) -> Iterator[Made]:
        for start in range(0, self._total, _AT_ONCE):
            end = min(start + _AT_ONCE, self._total)
            yield from self._reader.load_rows(start, end, make)
        self._total = 0
        self._reader.set_pgresult(None)


@contextmanager
def asked(
    connection: psycopg.Connection[Any], questions: Sequence[Question]
) -> Iterator[Iterator[Answer]]:
    """Send all *questions*, and give their answers in turn.

    The connection does nothing else until the block ends; what was not taken is then passed over,
    but for errors, which are raised.
    """
    with connection.lock:
        pgconn = connection.pgconn
        pgconn.enter_pipeline_mode()
        talk = _Talk(connection)
        try:
            for question in questions:
                talk.send(question)
            pgconn.pipeline_sync()
            pgconn.flush()
            yield talk
            talk.end()
        except Exception:
            # That, and not what else the server says, is what went wrong.
            with suppress(psycopg.Error):
                talk.end()
            raise
        except BaseException:
            # Interrupted while waiting, nobody knows which answer would come next.
            connection.close()
            raise
        finally:
            with suppress(psycopg.Error):  # a connection that broke has no mode to leave
                pgconn.exit_pipeline_mode()


class _Talk(Iterator[Answer]):
    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._pgconn = connection.pgconn
        self._left = 0
        self._failed = False
        self._synced = False

    def send(self, question: Question) -> None:
        text = composed(question.query, question.identifiers).as_string(self._connection)
        query, names = numbered(text)
        writer = Transformer(self._connection)
        values = writer.dump_sequence(
            [question.values[name] for name in names], [PyFormat.TEXT] * len(names)
        )
        self._pgconn.send_query_params(query, values or None, writer.types, writer.formats)
        self._left += 1

    def __next__(self) -> Answer:
        if not self._left or self._failed:
            raise StopIteration
        return Answer(self._connection, self._next())

    def _next(self) -> PGresult:
        result: PGresult = self._connection.wait(self._heard())
        self._left -= 1
        if result.status in {ExecStatus.FATAL_ERROR, ExecStatus.PIPELINE_ABORTED}:
            first, self._failed = not self._failed, True
            if first:
                raise psycopg.errors.error_from_result(result, self._connection.info.encoding)
        return result

    def end(self) -> None:
        """Hear the rest, up to the sync; raise the first error of those not heard so far."""
        failure: psycopg.Error | None = None
        synced, self._synced = self._synced, True
        if synced:
            return
        while self._left:
            try:
                self._next()
            except psycopg.Error as error:
                failure = failure or error
                if self._connection.closed:
                    raise
        self._connection.wait(self._heard())
        if failure is not None:
            raise failure

    def _heard(self) -> PQGen[PGresult]:
        """Send what the network takes, and wait for the next answer as a whole."""
        while True:
            unsent = self._pgconn.flush()
            if not self._pgconn.is_busy():
                break
            ready = yield Wait.RW if unsent else Wait.R
            if ready & Ready.R:
                self._pgconn.consume_input()
        results: list[PGresult] = yield from generators.fetch_many(self._pgconn)
        return results[0]
