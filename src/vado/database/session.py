"""One connection: Vado's own bound queries, the user's statements, and the errors of both."""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Any, LiteralString

import psycopg
from psycopg.pq import TransactionStatus

from vado.database import stopping
from vado.database.asking import ALONE, WITHIN, Answer, Frame, Question, Row, asked
from vado.database.batch import BatchFailed, Step, StepFailed
from vado.database.failures import failure, translated
from vado.database.placeholders import Placeholders, composed
from vado.database.results import Notice, StatementResult, notice, run_statement
from vado.database.safety import restore_steps
from vado.database.stream import Batch, send_ahead
from vado.database.url import Target
from vado.errors import Cancelled

Connection = psycopg.Connection[Row]

_KEPT_NOTICES = 1_000


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
        connection.add_notice_handler(lambda said: self.notices.append(notice(said)))

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
        return not self._stopped and stopping.is_quiet(self._connection)

    @property
    def waiting(self) -> bool:
        """Whether an answer of the server is being waited for; for other threads to ask."""
        return self._busy or stopping.is_active(self._connection)

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
        frame = WITHIN if self._connection.info.transaction_status else ALONE
        framed = [*frame.begin, settings, *questions, *frame.end]
        try:
            with self.asked(framed) as answers:
                for _ in (*frame.begin, settings):
                    next(answers)
                yield islice(answers, len(questions))
        except BaseException:
            self._undo(frame)
            raise

    def _undo(self, frame: Frame) -> None:
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
            return run_statement(cursor, statement)

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
        stopping.cancel(self._connection, self.target, self._pid, lambda: self._busy)

    def abandon(self) -> None:
        """Break the connection from another thread: whoever waits for its answer gets an error.

        For a peer that has gone silent, which a cancel does not reach either.
        """
        stopping.abandon(self._connection)

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
