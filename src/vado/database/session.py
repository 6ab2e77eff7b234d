"""One connection: Vado's own bound queries, the user's statements, and the errors of both."""

import os
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from selectors import EVENT_READ, DefaultSelector
from typing import Any, LiteralString

import psycopg
from psycopg.pq import TransactionStatus

from vado.database.asking import Answer, Question, Row, asked
from vado.database.batch import Step, StepFailed
from vado.database.failures import failure, translated
from vado.database.placeholders import Placeholders, composed
from vado.database.safety import restore_steps
from vado.database.stream import Batch, send_ahead
from vado.database.url import Target
from vado.errors import Cancelled, VadoError

Connection = psycopg.Connection[Row]

_KEPT_NOTICES = 1_000
_CANCEL_TRIES = 12
_CANCEL_INTERVAL_S = 0.15
_CANCEL_TIMEOUT_S = 2.0


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around the questions of one moment."""

    begin: tuple[Question, ...]
    end: tuple[Question, ...]


_ALONE = _Frame(
    (Question("begin isolation level repeatable read, read only"),), (Question("rollback"),)
)
_WITHIN = _Frame(
    (Question("savepoint vado_moment"),),
    # What was set behind the savepoint is then as it was before it.
    (Question("rollback to savepoint vado_moment"), Question("release savepoint vado_moment")),
)


@dataclass(frozen=True, slots=True)
class StatementResult:
    """What one of the user's statements did."""

    tag: str
    rows: int | None


@dataclass(frozen=True, slots=True)
class Notice:
    """A message the server sent beside the results."""

    severity: str
    sqlstate: str
    message: str


class Session:
    """A connection in autocommit that speaks Vado's errors."""

    def __init__(self, connection: Connection, target: Target) -> None:
        self._connection = connection
        self.target = target
        # Bounded: a loop in the user's SQL can raise millions.
        self.notices: deque[Notice] = deque(maxlen=_KEPT_NOTICES)
        # Kept, because a connection that broke does not know it any more.
        self._pid = connection.info.backend_pid
        self._stopped = False
        self._busy = False
        connection.add_notice_handler(self._noticed)

    def _noticed(self, diagnostic: psycopg.errors.Diagnostic) -> None:
        self.notices.append(
            Notice(
                diagnostic.severity_nonlocalized or "",
                diagnostic.sqlstate or "",
                diagnostic.message_primary or "",
            )
        )

    @property
    def server_version(self) -> int:
        """The server's version as a number, 180006 for 18.6."""
        return self._connection.info.server_version

    @property
    def encoding(self) -> str:
        """Python's name of the encoding that texts are exchanged in."""
        return self._connection.info.encoding

    @property
    def backend_pid(self) -> int:
        """The process id of this session on the server."""
        return self._pid

    @property
    def closed(self) -> bool:
        """Whether the connection is gone."""
        return self._connection.closed

    @property
    def at_rest(self) -> bool:
        """Whether it is there, in no transaction, and has nothing to say, such as that it ends."""
        if self._stopped or self.closed:
            return False
        resting = self._connection.info.transaction_status == TransactionStatus.IDLE
        with DefaultSelector() as selector:
            selector.register(self._connection.fileno(), EVENT_READ)
            return resting and not selector.select(0)

    @property
    def waiting(self) -> bool:
        """Whether an answer of the server is being waited for; for other threads to ask."""
        return self._busy or self._connection.info.transaction_status == TransactionStatus.ACTIVE

    def rows(
        self,
        query: LiteralString,
        *,
        identifiers: Placeholders | None = None,
        **values: object,
    ) -> list[Row]:
        """Run one of Vado's own queries and return its rows."""
        with translated(self.target):
            return self._connection.execute(composed(query, identifiers), values).fetchall()

    @contextmanager
    def asked(self, questions: Sequence[Question]) -> Iterator[Iterator[Answer]]:
        """Send all *questions* in one round trip; the answers come in their order.

        Nothing else can be asked until the block ends. An error is raised at the answer it
        belongs to, and at the end when that was not taken.
        """
        with self._work(), asked(self._connection, questions) as answers:
            yield self._until_cancelled(answers)

    def answers(self, *questions: Question) -> list[Answer]:
        """Send all *questions* in one round trip and return all answers."""
        if not questions:
            return []
        with self.asked(questions) as answers:
            return list(answers)

    @contextmanager
    def moment(
        self, questions: Sequence[Question], settings: Question
    ) -> Iterator[Iterator[Answer]]:
        """Like `asked`, all at one moment, for which alone *settings* hold.

        In a read-only transaction of their own; or in a part of the caller's transaction, which
        goes on as it was before.
        """
        frame = _WITHIN if self._connection.info.transaction_status else _ALONE
        framed = [*frame.begin, settings, *questions, *frame.end]
        try:
            with self.asked(framed) as answers:
                for _ in (*frame.begin, settings):
                    next(answers)
                yield islice(answers, len(questions))
        except BaseException:
            self._undo(frame)
            raise

    def _undo(self, frame: _Frame) -> None:
        """End what a failed question has left open."""
        if self._connection.info.transaction_status == TransactionStatus.INERROR:
            with suppress(psycopg.Error), asked(self._connection, frame.end):
                pass

    def row(
        self,
        query: LiteralString,
        *,
        identifiers: Placeholders | None = None,
        **values: object,
    ) -> Row | None:
        """Run a query and return its first row, if any."""
        found = self.rows(query, identifiers=identifiers, **values)
        return found[0] if found else None

    def value(
        self,
        query: LiteralString,
        *,
        identifiers: Placeholders | None = None,
        **values: object,
    ) -> Any:  # noqa: ANN401 (whatever the column holds)
        """Run a query and return the first column of its first row; None without a row."""
        found = self.row(query, identifiers=identifiers, **values)
        return None if found is None else next(iter(found.values()))

    def execute(
        self,
        query: LiteralString,
        *,
        identifiers: Placeholders | None = None,
        **values: object,
    ) -> int:
        """Run a statement for its effect and return how many rows it touched."""
        with translated(self.target):
            return self._connection.execute(composed(query, identifiers), values).rowcount

    def run(self, statement: str) -> StatementResult:
        """Send ONE of the user's statements exactly as written, as one extended-protocol message.

        The extended protocol takes a single statement, so nothing in the text can end the
        transaction it runs in.
        """
        with self._work(), self._connection.cursor() as cursor:
            _send(cursor, statement)
            return _result(cursor)

    def run_batch(self, steps: Sequence[Step]) -> None:
        """Send many statements in one round trip, each its own message (a pipeline).

        Raises BatchFailed with the number of the step that failed; a transaction that the batch
        began is then rolled back. A lost connection, which has no such number, is ConnectionFailed.
        """
        self.run_ahead(iter((steps,)), lambda: None)

    def run_ahead(self, batches: Iterator[Batch], landed: Callable[[], None]) -> None:
        """Send batches, each a transaction of its own, without waiting for one before the next.

        *landed* is called as soon as it is known that the next one is done. Nothing behind a step
        that fails is run: BatchFailed is about the first batch that has not landed. What the
        iterator or *landed* raises is raised when it is known what became of all that was sent.
        """
        try:
            with self._work():
                send_ahead(self._connection, self._until_stopped(batches), landed)
        except StepFailed as error:
            raise BatchFailed(error.step, failure(error.error, self.target)) from error

    def _until_cancelled(self, answers: Iterator[Answer]) -> Iterator[Answer]:
        for answer in answers:
            if self._stopped:
                raise Cancelled("the session was cancelled")
            yield answer

    def _until_stopped(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        for batch in batches:
            if self._stopped:
                raise Cancelled("the session was cancelled")
            yield batch

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what is inside, or roll it back when it raises."""
        with translated(self.target), self._connection.transaction():
            yield

    def write(self, *steps: Step) -> None:
        """Run steps of Vado's own as one transaction, in one round trip; also after a cancel."""
        alone = self._connection.info.transaction_status == TransactionStatus.IDLE
        framed = (Step("begin"), *steps, Step("commit")) if alone else steps
        try:
            with translated(self.target):
                send_ahead(self._connection, iter((framed,)), lambda: None)
        except StepFailed as error:
            raise failure(error.error, self.target) from error

    def perform(self, step: Step) -> None:
        """Run one step by itself, in the transaction that is open."""
        with self._work():
            self._connection.execute(step.text.encode(), step.values)

    def run_script(self, script: bytes) -> None:
        """Run a text of many statements, in the encoding of the session, as one message.

        Only inside a transaction of the caller's, and only a text that is known not to end it.
        """
        with self._work():
            self._connection.execute(script, prepare=False)

    def copy_rows(self, statement: str, pieces: Iterator[bytes]) -> None:
        """Run a COPY FROM STDIN and give it *pieces*, whose bytes are not looked at.

        What the iterator raises ends the COPY and is raised.
        """
        text = statement.encode(self.encoding)
        with self._work(), self._connection.cursor() as cursor, cursor.copy(text) as copy:
            for piece in pieces:
                copy.write(piece)

    @contextmanager
    def _work(self) -> Iterator[None]:
        # First busy, then the question: either this sees the cancel, or the cancel sees this.
        self._busy = True
        try:
            if self._stopped:
                raise Cancelled("the session was cancelled")
            with translated(self.target):
                yield
        finally:
            self._busy = False

    def restore(self) -> None:
        """Undo what the user's statements have set, also after a cancel."""
        try:
            with translated(self.target):
                send_ahead(self._connection, iter((restore_steps(),)), lambda: None)
        except StepFailed as error:
            raise failure(error.error, self.target) from error

    def cancel(self) -> None:
        """Stop what the session is doing, and let it start nothing new; from another thread.

        A request may arrive between two statements, so it is repeated while one runs; a server
        that does not answer to it is asked to end the session.
        """
        self._stopped = True
        for _ in range(_CANCEL_TRIES):
            active = self._connection.info.transaction_status == TransactionStatus.ACTIVE
            if not active and not self._busy:
                return
            with suppress(psycopg.Error):
                self._connection.cancel_safe(timeout=_CANCEL_TIMEOUT_S)
            time.sleep(_CANCEL_INTERVAL_S)
        with suppress(psycopg.Error):
            self._terminate()

    def _terminate(self) -> None:
        keywords = {**self.target.keywords(), "application_name": "vado cancel"}
        with psycopg.connect("", autocommit=True, **keywords) as other:  # type: ignore[arg-type]  # the stubs also name non-text options
            other.execute("select pg_terminate_backend(%s)", [self.backend_pid])

    def abandon(self) -> None:
        """Break the connection from another thread: whoever waits for its answer gets an error.

        For a peer that has gone silent, which a cancel does not reach either.
        """
        with suppress(psycopg.Error, OSError):
            handle = os.dup(self._connection.fileno())
            with socket.socket(fileno=handle) as wire:
                wire.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End the connection, whatever it is doing."""
        self._connection.close()


@contextmanager
def within(session: Session, seconds: float) -> Iterator[None]:
    """Abandon the session when the block takes longer; for what is answered quickly or never."""
    alarm = threading.Timer(seconds, session.abandon)
    alarm.daemon = True
    alarm.start()
    try:
        yield
    finally:
        alarm.cancel()


class BatchFailed(Exception):
    """A step of a batch failed: its number, and the error it failed with."""

    def __init__(self, step: int, cause: VadoError) -> None:
        super().__init__(cause.message)
        self.step = step
        self.cause = cause


def _send(cursor: psycopg.Cursor[Row], statement: str) -> None:
    # `binary` results force the extended protocol even though nothing is bound.
    cursor.execute(statement.encode(), binary=True, prepare=False)


def _result(cursor: psycopg.Cursor[Row]) -> StatementResult:
    tag = cursor.statusmessage or ""
    return StatementResult(tag, cursor.rowcount if cursor.rowcount >= 0 else None)
